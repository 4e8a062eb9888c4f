package io.bluetick.media.bucket;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long blobs are kept.
 *
 * @param days whole ones after the day of the grant, as long as a message waits for its device
 */
@Validated
@ConfigurationProperties("bluetick.media.retention")
public record RetentionSettings(@DefaultValue("30") @Min(1) @Max(366) int days) {

  /** Blobs of earlier days are gone, whether or not somebody has deleted them. */
  public LocalDate firstKept(Clock clock) {
    return LocalDate.now(clock).minusDays(days);
  }
}
