package io.bluetick.platform.kafka;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What a deployment decides about its topics.
 *
 * @param topicPrefix put in front of every topic's name, so that several deployments share a broker
 * @param partitions of the topics that scale by account; fixed for their whole life
 * @param replication of every topic
 */
@Validated
@ConfigurationProperties("bluetick.kafka")
public record KafkaSettings(
    @DefaultValue("") @NotNull @Pattern(regexp = "[a-zA-Z0-9._-]{0,40}") String topicPrefix,
    @DefaultValue("8") @Min(1) @Max(4096) int partitions,
    @DefaultValue("1") @Min(1) @Max(9) short replication) {}
