package io.bluetick.session.token;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long tokens and their keys last.
 *
 * @param accessLifetime of a device's access token; what is revoked goes on counting for so long
 * @param refreshIdle after which an unused refresh token expires
 * @param keyRotation how long a key signs
 * @param keyNotice how long before it signs a key is published: longer than anybody keeps old keys
 */
@Validated
@ConfigurationProperties("bluetick.tokens")
record TokenSettings(
    @DefaultValue("10m") @NotNull Duration accessLifetime,
    @DefaultValue("90d") @NotNull Duration refreshIdle,
    @DefaultValue("30d") @NotNull Duration keyRotation,
    @DefaultValue("2h") @NotNull Duration keyNotice) {

  private static final Duration KEY_NOTICE_MIN = Duration.ofHours(1);
  private static final Duration ACCESS_LIFETIME_MAX = Duration.ofHours(1);

  @AssertTrue(message = "keys need an hour's notice, and to sign for longer than that")
  boolean isRotatable() {
    return keyNotice.compareTo(KEY_NOTICE_MIN) >= 0 && keyRotation.compareTo(keyNotice) > 0;
  }

  @AssertTrue(message = "an access token lasts from a second to an hour")
  boolean isShortLived() {
    return accessLifetime.toSeconds() > 0 && accessLifetime.compareTo(ACCESS_LIFETIME_MAX) <= 0;
  }
}
