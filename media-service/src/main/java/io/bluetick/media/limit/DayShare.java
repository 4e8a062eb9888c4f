package io.bluetick.media.limit;

import io.bluetick.platform.limit.Rate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * So many of the bytes that come evenly over a day: one token, as large as they are.
 *
 * @param bytes no more than the day has
 */
record DayShare(long bytes, long dayBytes) implements Rate {
  private static final long DAY_MICROS = TimeUnit.MICROSECONDS.convert(Duration.ofDays(1));

  /** Rounded up. The whole of a day is a day: a full bucket grants it. */
  @Override
  public long intervalMicros() {
    return (long) Math.ceil(bytes / (double) dayBytes * DAY_MICROS);
  }

  @Override
  public long capacityMicros() {
    return DAY_MICROS;
  }
}
