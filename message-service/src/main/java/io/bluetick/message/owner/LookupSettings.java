package io.bluetick.message.owner;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where devices are looked up.
 *
 * @param redis URL of the Redis that has the directory
 * @param sessions scheme, host and port of session-service
 * @param secret that internal callers share
 * @param timeout of a call to session-service
 */
@Validated
@ConfigurationProperties("bluetick.lookup")
record LookupSettings(
    @NotBlank String redis,
    @NotNull URI sessions,
    @DefaultValue("") @NotNull String secret,
    @DefaultValue("2s") @NotNull Duration timeout) {}
