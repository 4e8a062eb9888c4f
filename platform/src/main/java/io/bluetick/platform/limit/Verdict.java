package io.bluetick.platform.limit;

/**
 * What a bucket says to one request.
 *
 * @param waitMicros until the next request is let in; 0 when this one was
 * @param remaining requests that are let in at once from now on
 * @param fullMicros until the bucket is full again
 */
public record Verdict(long waitMicros, long remaining, long fullMicros) {
  private static final long SECOND_MICROS = 1_000_000;

  public boolean isAllowed() {
    return waitMicros == 0;
  }

  public long waitSeconds() {
    return seconds(waitMicros);
  }

  public long fullSeconds() {
    return seconds(fullMicros);
  }

  /** Rounded up: who waits as long as told is let in. */
  private static long seconds(long micros) {
    return Math.ceilDiv(micros, SECOND_MICROS);
  }
}
