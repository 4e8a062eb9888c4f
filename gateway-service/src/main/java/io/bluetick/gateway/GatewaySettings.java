package io.bluetick.gateway;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What tells one gateway from another.
 *
 * @param node id of this gateway, unique among those that run; names its outbound topic
 */
@Validated
@ConfigurationProperties("bluetick.gateway")
public record GatewaySettings(
    @DefaultValue("g1") @NotNull @Pattern(regexp = "[a-z0-9-]{1,63}") String node) {}
