package io.bluetick.gateway.socket;

import io.bluetick.protocol.AccountId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names that a device gave to whom it writes to: alias to id and version. It makes room as the
 * device uses it, up to {@link FrameLimits#ALIASES}.
 */
final class InboundAliases {
  private static final int FIRST = 4;

  private @Nullable Peer[] peers = new Peer[FIRST];

  /**
   * Whom an alias names.
   *
   * @param version of the device list, or of the group's membership
   */
  record Peer(AccountId id, long version) {}

  static boolean isAlias(int number) {
    return number >= 1 && number <= FrameLimits.ALIASES;
  }

  void define(int alias, Peer peer) {
    if (alias > peers.length) {
      int room = Math.max(alias, peers.length * 2);
      peers = Arrays.copyOf(peers, Math.min(room, FrameLimits.ALIASES));
    }
    peers[alias - 1] = peer;
  }

  @Nullable Peer get(int alias) {
    return alias >= 1 && alias <= peers.length ? peers[alias - 1] : null;
  }
}
