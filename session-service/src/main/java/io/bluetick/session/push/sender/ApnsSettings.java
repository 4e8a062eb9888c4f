package io.bluetick.session.push.sender;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Apple's push notification service. On when it has a key.
 *
 * @param keyFile the .p8 file of the signing key
 * @param keyId id of that key
 * @param teamId who owns it
 * @param topic the app's bundle id
 * @param host {@code api.push.apple.com}, or {@code api.sandbox.push.apple.com} for development
 * @param port of it
 * @param trustedCertificates PEM file of whom to trust instead of the JDK's authorities
 * @param ttl for which Apple keeps a push for a device that it does not reach
 */
@Validated
@ConfigurationProperties("bluetick.push.apns")
record ApnsSettings(
    @NotNull Path keyFile,
    @NotBlank String keyId,
    @NotBlank String teamId,
    @NotBlank String topic,
    @DefaultValue("api.push.apple.com") @NotBlank String host,
    @DefaultValue("443") @Min(1) @Max(65_535) int port,
    @Nullable Path trustedCertificates,
    @DefaultValue("28d") @NotNull Duration ttl) {}
