package io.bluetick.gateway.outbound;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How a gateway holds its topic.
 *
 * @param underWay records that are handed to the sockets at once; beyond it no more are read
 * @param retryDelay after which a reader that failed starts again
 * @param lease for which a gateway counts as alive after it last said so
 * @param renewal how often it says so
 * @param cleaning how often topics of dead gateways are looked for
 * @param grace for which a topic must be without a living gateway before it is deleted
 */
@Validated
@ConfigurationProperties("bluetick.outbound")
record OutboundSettings(
    @DefaultValue("64") @Min(1) int underWay,
    @DefaultValue("500ms") @NotNull Duration retryDelay,
    @DefaultValue("15s") @NotNull Duration lease,
    @DefaultValue("5s") @NotNull Duration renewal,
    @DefaultValue("1m") @NotNull Duration cleaning,
    @DefaultValue("10m") @NotNull Duration grace) {}
