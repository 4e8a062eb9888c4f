package io.bluetick.gateway.limit;

import io.bluetick.platform.limit.Rate;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Positive;
import java.time.Duration;

/**
 * A token bucket: how many tokens it holds and how fast it fills.
 *
 * @param burst requests that may come at once after a rest
 * @param perMinute requests a minute that may come for ever
 */
record Limit(@Positive @Max(1_000_000) int burst, @Positive @Max(1_000_000) int perMinute)
    implements Rate {
  private static final long MINUTE_MICROS = Duration.ofMinutes(1).toMillis() * 1000;

  @Override
  public long intervalMicros() {
    return MINUTE_MICROS / perMinute;
  }

  @Override
  public long capacityMicros() {
    return intervalMicros() * burst;
  }
}
