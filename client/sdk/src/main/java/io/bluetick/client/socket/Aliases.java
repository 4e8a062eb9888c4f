package io.bluetick.client.socket;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.v1.SendToAccount;
import java.util.HashMap;
import java.util.Map;

/**
 * The aliases of one connection for whom is written to: an account is named in full once, and then
 * by a small number.
 */
public final class Aliases {
  private final int limit;
  private final Map<ByteString, Alias> byAccount = new HashMap<>();

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
   * @param listVersion as it was defined
   */
  private record Alias(int number, long listVersion) {}

  /** The same send, as short as it can be said on this connection now. */
  public SendToAccount shorten(SendToAccount full) {
    Alias known = byAccount.get(full.getAccount());
    if (known != null && known.listVersion() == full.getListVersion()) {
      return full.toBuilder().setTo(known.number()).clearAccount().clearListVersion().build();
    }
    if (known == null && byAccount.size() >= limit) {
      return full;
    }
    int number = known == null ? byAccount.size() + 1 : known.number();
    byAccount.put(full.getAccount(), new Alias(number, full.getListVersion()));
    return full.toBuilder().setTo(number).build();
  }
}
