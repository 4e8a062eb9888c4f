package io.bluetick.session.push;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How wake-ups wait.
 *
 * @param shards over how many keys of Redis they are spread; after lowering it, what waits in the
 *     other keys is lost
 * @param poll how often each instance looks for what is due
 * @param batch how many it takes at once from each shard
 * @param lease for which what it took is its own; longer than anything it does with it
 * @param redisPause how long Redis is left alone after it failed
 * @param localLimit how many devices are remembered here while Redis is away
 * @param parkedLimit how many background wake-ups wait here for Redis; beyond it nothing is read
 */
@Validated
@ConfigurationProperties("bluetick.push.schedule")
record ScheduleSettings(
    @DefaultValue("16") @Min(1) @Max(1024) int shards,
    @DefaultValue("1s") @NotNull Duration poll,
    @DefaultValue("100") @Min(1) @Max(10_000) int batch,
    @DefaultValue("1m") @NotNull Duration lease,
    @DefaultValue("1s") @NotNull Duration redisPause,
    @DefaultValue("10000") @Min(1) int localLimit,
    @DefaultValue("10000") @Min(1) int parkedLimit) {}
