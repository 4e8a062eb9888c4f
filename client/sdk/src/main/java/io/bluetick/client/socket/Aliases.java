package io.bluetick.client.socket;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.SendToGroup;
import java.util.HashMap;
import java.util.Map;

/**
 * The aliases of one connection for whom is written to: an account or a group is named in full
 * once, and then by a small number.
 */
public final class Aliases {
  private final int limit;
  private final Map<ByteString, Alias> byId = new HashMap<>();

  /**
   * Makes none.
   *
   * @param limit of {@code Welcome}
   */
  public Aliases(int limit) {
    this.limit = limit;
  }

  /**
   * What the gateway remembers with it.
   *
   * @param version of the list or the membership, as it was defined
   */
  private record Alias(int number, long version) {}

  /** The same send, as short as it can be said on this connection now. */
  public SendToAccount shorten(SendToAccount full) {
    Alias wanted = alias(full.getAccount(), full.getListVersion());
    SendToAccount.Builder send = full.toBuilder().setTo(wanted.number());
    return define(full.getAccount(), wanted)
        ? send.build()
        : send.clearAccount().clearListVersion().build();
  }

  /** The same send, as short as it can be said on this connection now. */
  public SendToGroup shorten(SendToGroup full) {
    Alias wanted = alias(full.getGroup(), full.getMembershipVersion());
    SendToGroup.Builder send = full.toBuilder().setTo(wanted.number());
    return define(full.getGroup(), wanted)
        ? send.build()
        : send.clearGroup().clearMembershipVersion().build();
  }

  /** Of number 0 if there are too many. */
  private Alias alias(ByteString id, long version) {
    Alias known = byId.get(id);
    if (known != null) {
      return new Alias(known.number(), version);
    }
    return new Alias(byId.size() < limit ? byId.size() + 1 : 0, version);
  }

  /** Whether the id must be said along. */
  private boolean define(ByteString id, Alias alias) {
    return alias.number() == 0 || !alias.equals(byId.put(id, alias));
  }
}
