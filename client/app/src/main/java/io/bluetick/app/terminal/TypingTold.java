package io.bluetick.app.terminal;

import io.bluetick.app.device.Link;
import io.bluetick.protocol.AccountId;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Tells the other one that this one types, not more often than it must be told, and that it
 * stopped. Keys come on one thread, the beat on another.
 */
final class TypingTold {
  /** The server forgets that somebody types, unless it is repeated. */
  static final Duration EVERY = Duration.ofSeconds(8);

  /** Without a key. */
  static final Duration STOPPED_AFTER = Duration.ofSeconds(5);

  private final Link link;
  private final AccountId with;
  private final InstantSource clock;
  private boolean isTold;
  private long toldMs;
  private long keyMs;

  TypingTold(Link link, AccountId with, InstantSource clock) {
    this.link = link;
    this.with = with;
    this.clock = clock;
  }

  synchronized void key() {
    keyMs = clock.millis();
    if (!isTold || keyMs - toldMs >= EVERY.toMillis()) {
      isTold = true;
      toldMs = keyMs;
      link.typing(with, true);
    }
  }

  synchronized void beat() {
    if (clock.millis() - keyMs >= STOPPED_AFTER.toMillis()) {
      stop();
    }
  }

  /** Sent, thrown away, or left. */
  synchronized void stop() {
    if (isTold) {
      isTold = false;
      link.typing(with, false);
    }
  }
}
