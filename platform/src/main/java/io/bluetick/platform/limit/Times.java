package io.bluetick.platform.limit;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * So many times within so long; all of them may come at once.
 *
 * @param burst how many
 * @param per the time in which as many become possible again
 */
public record Times(@Positive int burst, @NotNull Duration per) implements Rate {

  @Override
  public long intervalMicros() {
    return capacityMicros() / burst;
  }

  @Override
  public long capacityMicros() {
    return TimeUnit.MICROSECONDS.convert(per);
  }
}
