package io.bluetick.client.group;

import io.bluetick.protocol.AccountId;
import java.util.Set;

/**
 * A group at one moment.
 *
 * @param version of its membership; grows with every change
 * @param members this account is one of them, or cannot write to it; nobody: the group is no more
 */
public record Group(AccountId id, String name, long version, Set<AccountId> members) {
  /** Each message's key is handed to the devices of all of them. */
  public static final int MEMBERS_LIMIT = 1_024;

  public static final int NAME_LIMIT = 200;

  public Group {
    if (version < 1) {
      throw new IllegalArgumentException("the first version of a group is 1, not " + version);
    }
    if (members.size() > MEMBERS_LIMIT || name.length() > NAME_LIMIT) {
      throw new IllegalArgumentException("a group is too large, or its name");
    }
    members = Set.copyOf(members);
  }
}
