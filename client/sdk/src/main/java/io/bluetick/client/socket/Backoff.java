package io.bluetick.client.socket;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next connection: a random time that doubles, from 1 s to 60 s. */
public final class Backoff {
  private static final long FIRST_MS = 1_000;
  private static final long LAST_MS = 60_000;

  private final RandomGenerator random;
  private long limitMs = FIRST_MS;

  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  public Duration next() {
    long waitMs = random.nextLong(limitMs / 2, limitMs + 1);
    limitMs = Math.min(limitMs * 2, LAST_MS);
    return Duration.ofMillis(waitMs);
  }

  /** A connection came about. */
  public void reset() {
    limitMs = FIRST_MS;
  }
}
