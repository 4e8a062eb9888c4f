package io.bluetick.session.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Names and defaults are a contract with whoever deploys. */
class VerificationSettingsTest {

  @EnableConfigurationProperties({VerificationSettings.class, RegistrationLockSettings.class})
  static class All {}

  private static final String[] OTHERS = {
    "bluetick.verification.sender=webhook",
    "bluetick.verification.lives=1m",
    "bluetick.verification.usable=2m",
    "bluetick.verification.codes.delays=1s,2s",
    "bluetick.verification.codes.per-day=3",
    "bluetick.verification.codes.failures=4",
    "bluetick.verification.codes.failures-per-day=5",
    "bluetick.verification.codes.after-failure=6s",
    "bluetick.verification.guesses.per-code=7",
    "bluetick.verification.guesses.per-session=8",
    "bluetick.verification.guesses.delays=9s",
    "bluetick.verification.webhook.url=https://sms.example.org/codes",
    "bluetick.verification.webhook.secret=0123456789abcdef0123456789abcdef",
    "bluetick.verification.webhook.connect-timeout=10s",
    "bluetick.verification.webhook.timeout=11s",
    "bluetick.verification.webhook.tries=12",
    "bluetick.verification.webhook.pause=13s",
    "bluetick.verification.webhook.concurrent=14",
    "bluetick.verification.dev.codes=15",
    "bluetick.verification.sweep.every=16s",
    "bluetick.verification.sweep.batch=17",
    "bluetick.verification.sweep.batches=18",
    "bluetick.registration-lock.holds=19s",
    "bluetick.registration-lock.delays=20s"
  };

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(All.class);

  private static List<Duration> seconds(long... seconds) {
    return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
  }

  @Test
  void defaults_send_nothing_and_bound_everything() {
    runner.run(context -> {
      assertThat(context.getBean(VerificationSettings.class))
          .isEqualTo(
              new VerificationSettings(
                  VerificationSettings.Sender.NONE,
                  Duration.ofMinutes(15),
                  Duration.ofMinutes(30),
                  new VerificationSettings.Codes(
                      seconds(0, 60, 180, 600, 600), 10, 5, 30, Duration.ofSeconds(10)),
                  new VerificationSettings.Guesses(5, 15, seconds(1, 2, 5, 10, 30)),
                  new VerificationSettings.Webhook(
                      "",
                      "",
                      Duration.ofSeconds(2),
                      Duration.ofSeconds(5),
                      2,
                      Duration.ofMillis(250),
                      64),
                  new VerificationSettings.Dev(1000),
                  new VerificationSettings.Sweep(Duration.ofMinutes(1), 1000, 20)));
      assertThat(context.getBean(RegistrationLockSettings.class))
          .isEqualTo(
              new RegistrationLockSettings(
                  Duration.ofDays(7), seconds(60, 300, 1800, 7200, 43_200, 86_400)));
    });
  }

  @Test
  void every_setting_has_its_name() {
    runner
        .withPropertyValues(OTHERS)
        .run(context -> {
          assertThat(context.getBean(VerificationSettings.class))
              .isEqualTo(
                  new VerificationSettings(
                      VerificationSettings.Sender.WEBHOOK,
                      Duration.ofMinutes(1),
                      Duration.ofMinutes(2),
                      new VerificationSettings.Codes(seconds(1, 2), 3, 4, 5, Duration.ofSeconds(6)),
                      new VerificationSettings.Guesses(7, 8, seconds(9)),
                      new VerificationSettings.Webhook(
                          "https://sms.example.org/codes",
                          "0123456789abcdef0123456789abcdef",
                          Duration.ofSeconds(10),
                          Duration.ofSeconds(11),
                          12,
                          Duration.ofSeconds(13),
                          14),
                      new VerificationSettings.Dev(15),
                      new VerificationSettings.Sweep(Duration.ofSeconds(16), 17, 18)));
          assertThat(context.getBean(RegistrationLockSettings.class))
              .isEqualTo(new RegistrationLockSettings(Duration.ofSeconds(19), seconds(20)));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bluetick.verification.sender=pigeon",
        "bluetick.verification.sender=webhook",
        "bluetick.verification.codes.delays=",
        "bluetick.verification.codes.per-day=0",
        "bluetick.verification.guesses.per-code=0",
        "bluetick.registration-lock.delays="
      })
  void a_wrong_setting_ends_the_start(String property) {
    runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://sms.example.org/codes",
        "http://127.0.0.1.example.org/codes",
        "ftp://127.0.0.1/codes",
        "https:",
        "https://with space",
        "sms"
      })
  void a_webhook_that_others_could_hear_ends_the_start(String url) {
    assertThat(webhook(url, "0123456789abcdef0123456789abcdef").isComplete()).isFalse();
  }

  @Test
  void a_webhook_is_remote_and_encrypted_or_local() {
    String secret = "0123456789abcdef0123456789abcdef";
    for (String url :
        List.of("https://sms.example.org/", "http://127.0.0.1:1/", "http://localhost/")) {
      assertThat(webhook(url, secret).isComplete()).isTrue();
      assertThat(webhook(url, "short").isComplete()).isFalse();
    }
    assertThat(webhook("https://sms.example.org/", secret).toString()).doesNotContain(secret);
  }

  private static VerificationSettings.Webhook webhook(String url, String secret) {
    return new VerificationSettings.Webhook(
        url, secret, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, Duration.ZERO, 1);
  }
}
