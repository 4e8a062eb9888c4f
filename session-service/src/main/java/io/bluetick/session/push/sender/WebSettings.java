package io.bluetick.session.push.sender;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Web Push. On when it has a key.
 *
 * @param keyFile PEM file (PKCS #8) of a private key on P-256; another key means that all browsers
 *     must subscribe anew
 * @param subject whom push services may turn to: a mailto: or https: address
 * @param ttl for which a push service keeps a push for a browser that it does not reach
 */
@Validated
@ConfigurationProperties("bluetick.push.web")
record WebSettings(
    @NotNull Path keyFile,
    @NotNull @Pattern(regexp = "(mailto:|https://).+") String subject,
    @DefaultValue("28d") @NotNull Duration ttl) {}
