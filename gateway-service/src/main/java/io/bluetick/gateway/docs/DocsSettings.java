package io.bluetick.gateway.docs;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the common document is made.
 *
 * @param remember how long it is given again without asking the services
 * @param rememberIncomplete how long, if a service's part is missing
 * @param timeout after which the part of a service that does not answer is left out
 * @param partLimit bytes that the document of one service may have
 */
@Validated
@ConfigurationProperties("bluetick.edge.docs")
record DocsSettings(
    @DefaultValue("60s") @NotNull Duration remember,
    @DefaultValue("5s") @NotNull Duration rememberIncomplete,
    @DefaultValue("5s") @NotNull Duration timeout,
    @DefaultValue("1MB") @NotNull DataSize partLimit) {}
