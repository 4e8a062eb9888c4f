package io.bluetick.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Names and defaults are a contract with whoever deploys. */
class SecuritySettingsTest {

  @EnableConfigurationProperties(SecuritySettings.class)
  static class All {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(All.class);

  @Test
  void by_default_nobody_is_trusted() {
    runner.run(context ->
        assertThat(context.getBean(SecuritySettings.class))
            .isEqualTo(
                new SecuritySettings("", "", new SecuritySettings.Oidc("", "", "", "roles"))));
  }

  @Test
  void every_setting_has_its_name_and_the_secret_is_not_printed() {
    String secret = "x".repeat(32);
    runner
        .withPropertyValues(
            "bluetick.security.jwks=http://a/jwks",
            "bluetick.security.internal-secret=" + secret,
            "bluetick.security.oidc.issuer=https://b",
            "bluetick.security.oidc.jwks=https://b/jwks",
            "bluetick.security.oidc.audience=c",
            "bluetick.security.oidc.roles-claim=realm_access.roles")
        .run(context ->
            assertThat(context.getBean(SecuritySettings.class))
                .isEqualTo(
                    new SecuritySettings(
                        "http://a/jwks",
                        secret,
                        new SecuritySettings.Oidc(
                            "https://b", "https://b/jwks", "c", "realm_access.roles")))
                .asString()
                .doesNotContain(secret));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bluetick.security.jwks=ftp://a",
        "bluetick.security.internal-secret=0123456789012345678901234567890",
        "bluetick.security.oidc.issuer=https://b",
        "bluetick.security.oidc.roles-claim="
      })
  void a_wrong_setting_ends_the_start(String property) {
    runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }

  @Test
  void a_provider_cannot_be_called_as_ours_is() {
    runner
        .withPropertyValues(
            "bluetick.security.oidc.issuer=bluetick",
            "bluetick.security.oidc.jwks=https://b/jwks",
            "bluetick.security.oidc.audience=c")
        .run(context -> assertThat(context).hasFailed());
  }
}
