package io.bluetick.e2e.device;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a device waits before it connects again: a random time up to a bound that doubles. As
 * the contract says but for the last bound, which is a minute there: tests have no minute.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LAST = Duration.ofSeconds(4);

  private final RandomGenerator random;
  private Duration bound = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    Duration wait = Duration.ofMillis(random.nextLong(bound.toMillis()));
    Duration twice = bound.multipliedBy(2);
    bound = twice.compareTo(LAST) < 0 ? twice : LAST;
    return wait;
  }

  void reset() {
    bound = FIRST;
  }
}
