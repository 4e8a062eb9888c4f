package io.bluetick.session.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class PushSettingsTest {

  @EnableConfigurationProperties({
    PushSettings.class,
    ScheduleSettings.class,
    SendingSettings.class
  })
  static class Settings {}

  private final ApplicationContextRunner shipped =
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class)
          // Without what the tests of this module have otherwise.
          .withSystemProperties("spring.config.location=classpath:/application.yaml")
          .withInitializer(new ConfigDataApplicationContextInitializer());

  @Test
  void defaults_are_these() {
    shipped.run(context -> {
      assertThat(context.getBean(PushSettings.class))
          .isEqualTo(
              new PushSettings(
                  Duration.ofSeconds(3),
                  Duration.ofMinutes(20),
                  Duration.ofHours(1),
                  1,
                  List.of(
                      "fcm.googleapis.com",
                      "updates.push.services.mozilla.com",
                      "*.push.apple.com",
                      "*.notify.windows.com"),
                  Set.of()));
      assertThat(context.getBean(ScheduleSettings.class))
          .isEqualTo(
              new ScheduleSettings(
                  16,
                  Duration.ofSeconds(1),
                  100,
                  Duration.ofMinutes(1),
                  Duration.ofSeconds(1),
                  10_000,
                  10_000));
      assertThat(context.getBean(SendingSettings.class))
          .isEqualTo(
              new SendingSettings(
                  64,
                  Duration.ofSeconds(10),
                  5,
                  Duration.ofSeconds(2),
                  Duration.ofMinutes(5),
                  Duration.ofSeconds(1),
                  10,
                  Duration.ofSeconds(5),
                  Duration.ofMinutes(1)));
    });
  }

  private static final String[] OTHERS = {
    "bluetick.push.urgent-interval=1s",
    "bluetick.push.background-interval=2s",
    "bluetick.push.max-age=3s",
    "bluetick.push.consumers=4",
    "bluetick.push.web-hosts=*.example.org:8443",
    "bluetick.push.private-hosts=push.example.org",
    "bluetick.push.schedule.shards=1",
    "bluetick.push.schedule.poll=2s",
    "bluetick.push.schedule.batch=3",
    "bluetick.push.schedule.lease=4s",
    "bluetick.push.schedule.redis-pause=5s",
    "bluetick.push.schedule.local-limit=6",
    "bluetick.push.schedule.parked-limit=7",
    "bluetick.push.sending.concurrency=1",
    "bluetick.push.sending.timeout=2s",
    "bluetick.push.sending.attempts=3",
    "bluetick.push.sending.first-retry=4s",
    "bluetick.push.sending.longest-retry=5s",
    "bluetick.push.sending.busy-delay=6s",
    "bluetick.push.sending.circuit-failures=7",
    "bluetick.push.sending.circuit-pause=8s",
    "bluetick.push.sending.longest-pause=9s"
  };

  @Test
  void each_has_its_name() {
    shipped
        .withPropertyValues(OTHERS)
        .run(context -> {
          assertThat(context.getBean(PushSettings.class))
              .isEqualTo(
                  new PushSettings(
                      Duration.ofSeconds(1),
                      Duration.ofSeconds(2),
                      Duration.ofSeconds(3),
                      4,
                      List.of("*.example.org:8443"),
                      Set.of("push.example.org")));
          assertThat(context.getBean(ScheduleSettings.class))
              .isEqualTo(
                  new ScheduleSettings(
                      1,
                      Duration.ofSeconds(2),
                      3,
                      Duration.ofSeconds(4),
                      Duration.ofSeconds(5),
                      6,
                      7));
          assertThat(context.getBean(SendingSettings.class))
              .isEqualTo(
                  new SendingSettings(
                      1,
                      Duration.ofSeconds(2),
                      3,
                      Duration.ofSeconds(4),
                      Duration.ofSeconds(5),
                      Duration.ofSeconds(6),
                      7,
                      Duration.ofSeconds(8),
                      Duration.ofSeconds(9)));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bluetick.push.web-hosts=https://example.org",
        "bluetick.push.web-hosts=",
        "bluetick.push.schedule.shards=0",
        "bluetick.push.sending.attempts=0"
      })
  void what_cannot_work_ends_the_start(String property) {
    shipped.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }
}
