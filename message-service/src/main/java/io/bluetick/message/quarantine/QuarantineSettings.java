package io.bluetick.message.quarantine;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of the quarantine.
 *
 * @param waiting failed commands that Kafka has not taken yet; of at most some 80 KB each
 * @param retryDelay after which those that Kafka did not take are tried again
 * @param entries that are listed: the newest
 * @param patience of a request for Kafka
 */
@Validated
@ConfigurationProperties("bluetick.quarantine")
record QuarantineSettings(
    @DefaultValue("256") @Min(1) @Max(65_536) int waiting,
    @DefaultValue("250ms") @NotNull Duration retryDelay,
    @DefaultValue("10000") @Min(1) @Max(1_000_000) int entries,
    @DefaultValue("10s") @NotNull Duration patience) {}
