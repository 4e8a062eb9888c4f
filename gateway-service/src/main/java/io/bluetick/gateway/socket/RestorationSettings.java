package io.bluetick.gateway.socket;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the sessions of this gateway are told again, in case Redis lost them.
 *
 * @param interval after which they are, whether anything seems lost or not
 * @param perSecond how many
 */
@Validated
@ConfigurationProperties("bluetick.restoration")
record RestorationSettings(
    @DefaultValue("15m") @NotNull Duration interval,
    @DefaultValue("2000") @Min(10) int perSecond) {}
