package io.bluetick.platform.kafka;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The bounds of what waits for Kafka.
 *
 * @param bufferBytes of each topic, not yet acknowledged by Kafka; beyond it there is no room
 * @param recordBytes at which a record is full; a single command may be larger
 * @param pace between two times that records are sent, of all partitions together
 * @param retryDelay after which a record that Kafka did not take is tried again
 * @param closeTimeout how long a stopping process waits for what is still on its way
 */
@Validated
@ConfigurationProperties("bluetick.packing")
public record PackingSettings(
    @DefaultValue("8388608") @Min(65_536) long bufferBytes,
    @DefaultValue("262144") @Min(1_024) @Max(900_000) int recordBytes,
    @DefaultValue("2ms") @NotNull Duration pace,
    @DefaultValue("250ms") @NotNull Duration retryDelay,
    @DefaultValue("5s") @NotNull Duration closeTimeout) {}
