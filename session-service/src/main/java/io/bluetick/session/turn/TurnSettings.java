package io.bluetick.session.turn;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the TURN servers are and what they share with us. Without any, nobody gets credentials.
 *
 * <p>A secret is exchanged in three steps: the servers learn the new one beside the old ({@code
 * static-auth-secret} twice); it is put first here; after {@code ttl} the old one is taken away.
 *
 * @param secrets that the servers know; credentials are made with the first
 * @param uris of the servers, as a browser's {@code RTCIceServer} takes them
 * @param ttl how long a credential is valid. A server may check it again at each refresh of an
 *     allocation (every ten minutes or less), and an allocation cannot change its credential: a
 *     call that lasts longer can break off. What a stolen one is good for is traffic through the
 *     relay, which the servers' own quotas bound.
 */
@Validated
@ConfigurationProperties("bluetick.turn")
record TurnSettings(
    @DefaultValue
        List<
                @Size(
                    min = TurnSettings.SECRET_CHARACTERS,
                    message = "a secret has {min} characters or more, without commas")
                String>
            secrets,
    @DefaultValue
        List<
                @Pattern(
                    regexp = TurnSettings.URI,
                    message = "must be a URI of turn:, turns:, stun: or stuns:")
                String>
            uris,
    @DefaultValue("12h") @NotNull Duration ttl) {
  static final int SECRET_CHARACTERS = 16;

  static final Duration SHORTEST = Duration.ofMinutes(1);
  static final Duration LONGEST = Duration.ofDays(7);

  private static final String HOST_AND_PORT =
      "([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?";

  /** RFC 7064 and RFC 7065. */
  static final String URI =
      "stuns?:" + HOST_AND_PORT + "|turns?:" + HOST_AND_PORT + "(\\?transport=(udp|tcp))?";

  boolean isEnabled() {
    return !secrets.isEmpty() && !uris.isEmpty();
  }

  @AssertTrue(message = "secrets and uris are both there or both not")
  boolean isWhole() {
    return secrets.isEmpty() == uris.isEmpty();
  }

  @AssertTrue(message = "ttl lies between a minute and a week")
  boolean isTtlInRange() {
    return ttl.compareTo(SHORTEST) >= 0 && ttl.compareTo(LONGEST) <= 0;
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "TurnSettings[%d secrets, uris=%s, ttl=%s]".formatted(secrets.size(), uris, ttl);
  }
}
