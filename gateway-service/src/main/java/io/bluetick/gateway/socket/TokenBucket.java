package io.bluetick.gateway.socket;

import java.time.Duration;

/**
 * A rate limit whose state is one long, for a connection to hold as a field: what is left, in
 * thousandths of a token, and when that was. Zero is a bucket that was never used: a full one.
 *
 * @param perSecond tokens that come back
 * @param burst tokens that it holds
 */
record TokenBucket(int perSecond, int burst) {
  private static final int THOUSANDTHS = 1_000;
  private static final int MAX_BURST = Integer.MAX_VALUE / THOUSANDTHS;

  /** What {@link #take} returns when there is no token. */
  static final long NONE = -1;

  TokenBucket {
    if (perSecond < 1 || burst < 1 || burst > MAX_BURST) {
      throw new IllegalArgumentException("a bucket of " + burst + ", " + perSecond + " a second");
    }
  }

  /** The state after one token is taken, or {@link #NONE}. */
  long take(long state, long nowMs) {
    int left = left(state, nowMs);
    return left < THOUSANDTHS ? NONE : state(left - THOUSANDTHS, nowMs);
  }

  /** Whether it has come back to its full burst: then it need not be kept. */
  boolean isFull(long state, long nowMs) {
    return left(state, nowMs) == burst * THOUSANDTHS;
  }

  /** After how long there is a token again. */
  Duration retryAfter(long state, long nowMs) {
    int missing = Math.max(0, THOUSANDTHS - left(state, nowMs));
    return Duration.ofMillis((missing + perSecond - 1L) / perSecond);
  }

  private int left(long state, long nowMs) {
    if (state == 0) {
      return burst * THOUSANDTHS;
    }
    int sinceMs = (int) nowMs - (int) state; // Of the clock only the low half is kept.
    if (sinceMs < -(long) burst * THOUSANDTHS / perSecond) {
      return burst * THOUSANDTHS; // Weeks have passed, or the clock was set back far.
    }
    long gained = Math.max(0, sinceMs) * (long) perSecond;
    return (int) Math.min((state >>> Integer.SIZE) + gained, (long) burst * THOUSANDTHS);
  }

  private static long state(int left, long nowMs) {
    long state = ((long) left << Integer.SIZE) | (nowMs & 0xFFFF_FFFFL);
    return state == 0 ? 1 : state;
  }
}
