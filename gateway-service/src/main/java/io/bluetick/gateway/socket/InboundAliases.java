package io.bluetick.gateway.socket;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names that a device gave to whom it writes to. It makes room as the device uses it, up to
 * {@link FrameLimits#ALIASES}.
 */
final class InboundAliases {
  private static final int FIRST = 4;

  private @Nullable Peer[] peers = new Peer[FIRST];

  /** What an id names. */
  enum Kind {
    ACCOUNT,
    GROUP
  }

  /**
   * Whom an alias names.
   *
   * @param version of the device list, or of the group's membership
   */
  record Peer(Kind kind, AccountId id, long version) {}

  /**
   * Defines an alias if a frame does so, whatever becomes of the frame: what comes behind it may
   * already use the alias. An alias or id out of its range is told when the frame is handled.
   */
  void define(Kind kind, int alias, ByteString id, long version) {
    if (!isAlias(alias) || id.size() != AccountId.BYTES) {
      return;
    }
    if (alias > peers.length) {
      int room = Math.max(alias, peers.length * 2);
      peers = Arrays.copyOf(peers, Math.min(room, FrameLimits.ALIASES));
    }
    peers[alias - 1] = new Peer(kind, AccountId.of(id), version);
  }

  @Nullable Peer get(int alias) {
    return alias >= 1 && alias <= peers.length ? peers[alias - 1] : null;
  }

  static boolean isAlias(int number) {
    return number >= 1 && number <= FrameLimits.ALIASES;
  }
}
