package io.bluetick.media.expiry;

import io.bluetick.media.bucket.Blobs;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How blobs that are too old are deleted.
 *
 * @param every between two runs of a process
 * @param batch blobs that one run deletes at most
 * @param page of them with one call
 * @param lease after which another process may begin, if the one that ran is silent
 */
@Validated
@ConfigurationProperties("bluetick.media.expiry")
record ExpirySettings(
    @DefaultValue("10m") @NotNull Duration every,
    @DefaultValue("20000") @Positive int batch,
    @DefaultValue("1000") @Positive @Max(Blobs.PAGE_MAX) int page,
    @DefaultValue("5m") @NotNull Duration lease) {

  /** A page of deletions, all tries included, must fit into half a lease with room. */
  private static final Duration LEASE_MIN = Duration.ofMinutes(1);

  @AssertTrue(message = "a lease is a minute at least, and so is the pause between runs")
  boolean isPossible() {
    return lease.compareTo(LEASE_MIN) >= 0 && every.compareTo(LEASE_MIN) >= 0;
  }
}
