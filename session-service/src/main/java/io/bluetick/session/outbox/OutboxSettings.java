package io.bluetick.session.outbox;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How events are brought to Kafka.
 *
 * @param threads that do it; what they have no time for is taken up by the next sweep
 * @param queue events that wait for a thread
 * @param timeout after which Kafka has not taken one
 * @param sweep how often those that failed are tried again
 * @param patience how old an event must be before a sweep takes it up
 * @param batch events that one sweep takes up
 */
@Validated
@ConfigurationProperties("bluetick.outbox")
record OutboxSettings(
    @DefaultValue("4") @Positive int threads,
    @DefaultValue("1000") @Positive int queue,
    @DefaultValue("10s") @NotNull Duration timeout,
    @DefaultValue("5s") @NotNull Duration sweep,
    @DefaultValue("15s") @NotNull Duration patience,
    @DefaultValue("500") @Positive int batch) {}
