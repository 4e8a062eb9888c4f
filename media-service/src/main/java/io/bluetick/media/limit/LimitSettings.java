package io.bluetick.media.limit;

import io.bluetick.platform.limit.Times;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits that a deployment wants otherwise.
 *
 * @param rates in place of the defaults of {@link Limit}
 * @param largestBlob no larger one is granted; at most {@link #LARGEST}
 * @param accountDay as much is granted to all devices of an account together, at once or in a day
 * @param localBuckets kept by this process while Redis is away
 * @param retry how long Redis is left alone after it failed
 */
@Validated
@ConfigurationProperties("bluetick.limits")
record LimitSettings(
    @DefaultValue Map<Limit, @Valid Times> rates,
    @DefaultValue("2GB") @NotNull DataSize largestBlob,
    @DefaultValue("2GB") @NotNull DataSize accountDay,
    @DefaultValue("100000") @Positive int localBuckets,
    @DefaultValue("1s") @NotNull Duration retry) {

  /** What clients are promised not to meet; S3 takes 5 GiB in one request. */
  static final DataSize LARGEST = DataSize.ofGigabytes(2);

  @AssertTrue(message = "blobs have 1 byte to 2 GB, and the largest fits into an account's day")
  boolean isPossible() {
    return largestBlob.toBytes() > 0
        && largestBlob.compareTo(LARGEST) <= 0
        && largestBlob.compareTo(accountDay) <= 0;
  }

  Times of(Limit limit) {
    return rates.getOrDefault(limit, limit.times());
  }
}
