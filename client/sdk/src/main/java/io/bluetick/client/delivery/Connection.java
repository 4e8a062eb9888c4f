package io.bluetick.client.delivery;

import io.bluetick.client.socket.Aliases;
import io.bluetick.client.socket.FrameReader;
import io.bluetick.protocol.v1.Limits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What is known of an open connection. Lives in the loop's thread; gone with the connection. */
final class Connection {
  private static final int ALIASES_LIMIT = 1_024;

  final Line line;
  final FrameReader reader;
  final Aliases aliases;

  /** What was written on it and not answered yet: of each counter the frame of the outbox. */
  final Map<Long, Long> written = new HashMap<>();

  /** Up to here stanzas came over it, and up to here they were acknowledged. */
  long heard;

  long acknowledged;

  /** An acknowledgement without hurry is on its way. */
  boolean acknowledgesSoon;

  /** A frame could not be taken: those behind it must not be, or it would count as taken. */
  boolean isBroken;

  /** Nothing is written before: the gateway asked for a pause. */
  private long heldUntilNanos = System.nanoTime();

  Connection(Line line, long acknowledged, long serverTimeMs, Limits limits) {
    this.line = line;
    this.reader = new FrameReader(acknowledged, serverTimeMs);
    this.aliases = new Aliases(Math.min(limits.getAliases(), ALIASES_LIMIT));
    this.heard = acknowledged;
    this.acknowledged = acknowledged;
  }

  void holdFor(Duration pause) {
    long until = System.nanoTime() + pause.toNanos();
    if (until - heldUntilNanos > 0) {
      heldUntilNanos = until;
    }
  }

  boolean isHeld() {
    return System.nanoTime() - heldUntilNanos < 0;
  }
}
