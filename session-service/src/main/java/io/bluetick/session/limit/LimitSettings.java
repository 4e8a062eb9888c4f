package io.bluetick.session.limit;

import io.bluetick.platform.limit.Times;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits that a deployment wants otherwise.
 *
 * @param rates in place of the defaults of {@link Limit}
 * @param localBuckets kept by this process while Redis is away
 * @param retry how long Redis is left alone after it failed
 */
@Validated
@ConfigurationProperties("bluetick.limits")
record LimitSettings(
    @DefaultValue Map<Limit, @Valid Times> rates,
    @DefaultValue("100000") @Positive int localBuckets,
    @DefaultValue("1s") @NotNull Duration retry) {

  Times of(Limit limit) {
    return rates.getOrDefault(limit, limit.times());
  }
}
