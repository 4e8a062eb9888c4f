package io.bluetick.media.grant;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What grants are like.
 *
 * @param ownerKey by which an uploader is known again, the same for all instances; with another one
 *     nobody can delete what is there already
 * @param uploadValid within which an upload must begin
 * @param downloadValid within which a download must begin
 */
@Validated
@ConfigurationProperties("bluetick.media")
record GrantSettings(
    @DefaultValue("") String ownerKey,
    @DefaultValue("15m") @NotNull Duration uploadValid,
    @DefaultValue("15m") @NotNull Duration downloadValid) {

  private static final int KEY_LENGTH_MIN = 32;

  /** As long as S3 lets a signature be. */
  private static final Duration VALID_MAX = Duration.ofDays(7);

  /** Checked here and not by an annotation: a violation would print the value. */
  GrantSettings {
    if (ownerKey.length() < KEY_LENGTH_MIN) {
      throw new IllegalArgumentException(
          "bluetick.media.owner-key (BLUETICK_MEDIA_KEY) needs at least %d characters"
              .formatted(KEY_LENGTH_MIN));
    }
  }

  @AssertTrue(message = "a grant is valid for a second to a week")
  boolean isPossible() {
    return Stream.of(uploadValid, downloadValid)
        .allMatch(valid ->
            valid.compareTo(Duration.ofSeconds(1)) >= 0 && valid.compareTo(VALID_MAX) <= 0);
  }

  @Override
  public String toString() {
    return "GrantSettings[uploadValid=%s, downloadValid=%s]".formatted(uploadValid, downloadValid);
  }
}
