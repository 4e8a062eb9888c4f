package io.bluetick.client.rest;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often and after which waits a call is repeated.
 *
 * @param attempts in all, the first included
 * @param first wait, which doubles; each is between a half of it and all of it, at random
 * @param longest wait; who is told to wait longer is told so, rather than kept waiting
 */
record Backoff(int attempts, Duration first, Duration longest) {
  static final Backoff DEFAULT = new Backoff(4, Duration.ofMillis(500), Duration.ofSeconds(8));

  /**
   * The wait before the next attempt; empty if there is none.
   *
   * @param failed how many attempts have failed so far
   */
  Optional<Duration> after(int failed, ApiException failure, RandomGenerator random) {
    if (!failure.isRetryable() || failed >= attempts) {
      return Optional.empty();
    }
    Optional<Duration> told = failure.retryAfter();
    if (told.isPresent()) {
      // Later than told, never earlier: all that were refused together should not return so.
      return told.filter(wait -> wait.compareTo(longest) <= 0)
          .map(wait -> wait.plusMillis(random.nextLong(first.toMillis() + 1)));
    }
    long full = Math.min(longest.toMillis(), first.toMillis() << Math.min(failed - 1, 16));
    return Optional.of(Duration.ofMillis(full / 2 + random.nextLong(full - full / 2 + 1)));
  }
}
