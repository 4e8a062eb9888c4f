package io.bluetick.platform.security;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How tokens are checked.
 *
 * @param jwks URL of the keys that sign tokens; empty when there are none, and then no token counts
 */
@Validated
@ConfigurationProperties("bluetick.security")
record SecuritySettings(
    @DefaultValue("") @Pattern(regexp = "|https?://.+", message = "must be an http(s) URL or empty")
        String jwks) {

  boolean hasKeys() {
    return !jwks.isEmpty();
  }
}
