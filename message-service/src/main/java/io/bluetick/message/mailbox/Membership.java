package io.bluetick.message.mailbox;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.GroupChanged;
import io.bluetick.protocol.v1.Member;
import io.bluetick.protocol.v1.WhoSends;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who is in a group.
 *
 * @param version grows with every change; 0: there is no such group
 * @param roles of the members
 */
public record Membership(long version, Map<AccountId, Role> roles, WhoSends whoSends) {

  /** Nobody can say who is in it. */
  public static final Membership UNKNOWN = new Membership(-1, Map.of(), WhoSends.EVERY_MEMBER);

  /** No group. */
  public static final Membership NONE = new Membership(0, Map.of(), WhoSends.EVERY_MEMBER);

  /** What a member may do. */
  public enum Role {
    MEMBER,
    ADMIN
  }

  public Membership {
    roles = Map.copyOf(roles);
  }

  /** Throws {@link IllegalArgumentException} if a member is no account. */
  public static Membership of(GroupChanged changed) {
    Map<AccountId, Role> roles = new LinkedHashMap<>();
    for (Member member : changed.getMembersList()) {
      roles.put(AccountId.of(member.getAccount()), member.getIsAdmin() ? Role.ADMIN : Role.MEMBER);
    }
    return new Membership(changed.getVersion(), roles, changed.getWhoSends());
  }
}
