package io.bluetick.platform.provision;

import java.time.Duration;

/** Waits that double from a first to a longest one. */
public record Backoff(Duration first, Duration longest) {

  /** Quick enough that a start is not slowed, slow enough for a backend that is away for hours. */
  public static final Backoff AT_START = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));

  public Backoff {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("not a backoff: " + first + " to " + longest);
    }
  }

  /** The wait after so many failures, counted from one. */
  public Duration after(int failures) {
    Duration wait = first;
    for (int i = 1; i < failures && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
