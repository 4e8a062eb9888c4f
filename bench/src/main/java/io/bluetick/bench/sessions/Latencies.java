package io.bluetick.bench.sessions;

import java.util.Arrays;
import java.util.OptionalDouble;

/** How long requests took, from any thread. */
final class Latencies {
  private final long[] nanos;
  private int count;

  /**
   * @param limit how many are noted at most
   */
  Latencies(int limit) {
    this.nanos = new long[limit];
  }

  synchronized void add(long tookNanos) {
    if (count < nanos.length) {
      nanos[count++] = tookNanos;
    }
  }

  /** In milliseconds: this share of the requests took no longer. Empty without any request. */
  synchronized OptionalDouble percentileMs(double share) {
    if (count == 0) {
      return OptionalDouble.empty();
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int index = Math.max(0, (int) Math.ceil(share * count) - 1);
    return OptionalDouble.of(sorted[index] / 1e6);
  }
}
