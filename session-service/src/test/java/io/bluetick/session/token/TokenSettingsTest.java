package io.bluetick.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Names and defaults are a contract with whoever deploys. */
class TokenSettingsTest {

  @EnableConfigurationProperties({TokenSettings.class, BootstrapSettings.class})
  static class All {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(All.class);

  @Test
  void by_default_there_is_no_admin() {
    runner.run(context -> {
      assertThat(context.getBean(TokenSettings.class))
          .isEqualTo(
              new TokenSettings(
                  Duration.ofMinutes(10),
                  Duration.ofDays(90),
                  Duration.ofDays(30),
                  Duration.ofHours(2)));
      assertThat(context.getBean(BootstrapSettings.class))
          .isEqualTo(new BootstrapSettings("admin", "", ""))
          .matches(admin -> !admin.exists());
    });
  }

  @Test
  void every_setting_has_its_name_and_no_password_is_printed() {
    runner
        .withPropertyValues(
            "bluetick.tokens.access-lifetime=5m",
            "bluetick.tokens.refresh-idle=30d",
            "bluetick.tokens.key-rotation=7d",
            "bluetick.tokens.key-notice=3h",
            "bluetick.admin.bootstrap.name=root",
            "bluetick.admin.bootstrap.password-hash=$argon2id$x")
        .run(context -> {
          assertThat(context.getBean(TokenSettings.class))
              .isEqualTo(
                  new TokenSettings(
                      Duration.ofMinutes(5),
                      Duration.ofDays(30),
                      Duration.ofDays(7),
                      Duration.ofHours(3)));
          assertThat(context.getBean(BootstrapSettings.class))
              .isEqualTo(new BootstrapSettings("root", "$argon2id$x", ""))
              .hasToString("BootstrapSettings[root]");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bluetick.tokens.access-lifetime=0s",
        "bluetick.tokens.access-lifetime=2h",
        "bluetick.tokens.key-notice=59m",
        "bluetick.tokens.key-rotation=1h",
        "bluetick.admin.bootstrap.name=",
        "bluetick.admin.bootstrap.password-hash=plain"
      })
  void a_wrong_setting_ends_the_start(String property) {
    runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }
}
