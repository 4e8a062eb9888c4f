package io.bluetick.platform.health;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How backends are asked whether they live.
 *
 * @param timeout after which no answer means down
 * @param remember how long an answer is given again without asking
 */
@Validated
@ConfigurationProperties("bluetick.health")
public record HealthSettings(
    @DefaultValue("2s") @NotNull Duration timeout,
    @DefaultValue("1s") @NotNull Duration remember) {}
