package io.bluetick.session.push;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How hard providers are tried.
 *
 * @param concurrency pushes under way to one provider at once
 * @param timeout of one push; shorter than the schedule's lease
 * @param attempts of one push
 * @param firstRetry wait after the first attempt; it doubles with each
 * @param longestRetry up to this, unless the provider asks for more
 * @param busyDelay after which a push is tried for which there was no room
 * @param circuitFailures in a row after which a provider is left alone
 * @param circuitPause for which it is; it doubles while one push after each pause fails
 * @param longestPause up to this
 */
@Validated
@ConfigurationProperties("bluetick.push.sending")
record SendingSettings(
    @DefaultValue("64") @Min(1) @Max(10_000) int concurrency,
    @DefaultValue("10s") @NotNull Duration timeout,
    @DefaultValue("5") @Min(1) @Max(20) int attempts,
    @DefaultValue("2s") @NotNull Duration firstRetry,
    @DefaultValue("5m") @NotNull Duration longestRetry,
    @DefaultValue("1s") @NotNull Duration busyDelay,
    @DefaultValue("10") @Min(1) int circuitFailures,
    @DefaultValue("5s") @NotNull Duration circuitPause,
    @DefaultValue("1m") @NotNull Duration longestPause) {}
