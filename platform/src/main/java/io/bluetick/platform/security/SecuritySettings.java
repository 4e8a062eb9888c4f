package io.bluetick.platform.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How callers are checked.
 *
 * @param jwks URL of the keys that sign our own tokens; empty when there are none, and then none of
 *     them counts
 * @param internalSecret what the services show each other; empty closes {@code /internal/**}
 * @param oidc an issuer of others whose tokens let in those who operate the server
 */
@Validated
@ConfigurationProperties("bluetick.security")
record SecuritySettings(
    @DefaultValue("") @Pattern(regexp = URL, message = "must be an http(s) URL or empty")
        String jwks,
    @DefaultValue("") String internalSecret,
    @DefaultValue @Valid Oidc oidc) {

  private static final String URL = "|https?://.+";
  private static final int SECRET_LENGTH_MIN = 32;

  /** Checked here and not by an annotation: a violation would print the value. */
  SecuritySettings {
    if (!internalSecret.isEmpty() && internalSecret.length() < SECRET_LENGTH_MIN) {
      throw new IllegalArgumentException(
          "bluetick.security.internal-secret needs " + SECRET_LENGTH_MIN + " characters or none");
    }
  }

  @Override
  public String toString() {
    return "SecuritySettings[jwks=" + jwks + ", oidc=" + oidc + "]";
  }

  boolean hasKeys() {
    return !jwks.isEmpty();
  }

  /**
   * An OpenID provider.
   *
   * @param issuer exactly as its tokens say in {@code iss}; empty when there is none
   * @param jwks URL of its keys
   * @param audience what its tokens must name in {@code aud}: those for other applications are not
   *     for us
   * @param rolesClaim where its tokens list roles; dots lead into objects
   */
  record Oidc(
      @DefaultValue("") String issuer,
      @DefaultValue("") @Pattern(regexp = URL, message = "must be an http(s) URL or empty")
          String jwks,
      @DefaultValue("") String audience,
      @DefaultValue("roles") @NotBlank String rolesClaim) {

    boolean isSet() {
      return !issuer.isEmpty();
    }

    @AssertTrue(message = "an issuer needs jwks and an audience, and cannot be called as ours is")
    boolean isWhole() {
      return !isSet()
          || !(jwks.isEmpty() || audience.isEmpty() || issuer.equals(TokenDecoders.OWN_ISSUER));
    }
  }
}
