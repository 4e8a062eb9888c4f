package io.bluetick.media.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.media.bucket.RetentionSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ExpirySettingsTest {

  @EnableConfigurationProperties({ExpirySettings.class, RetentionSettings.class})
  static class Settings {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void blobs_are_kept_for_thirty_days() {
    runner.run(context -> {
      assertThat(context.getBean(ExpirySettings.class))
          .isEqualTo(
              new ExpirySettings(Duration.ofMinutes(10), 20_000, 1_000, Duration.ofMinutes(5)));
      RetentionSettings retention = context.getBean(RetentionSettings.class);
      assertThat(retention).isEqualTo(new RetentionSettings(30));
      Clock clock = Clock.fixed(Instant.parse("2026-12-31T23:59:59Z"), ZoneOffset.UTC);
      assertThat(retention.firstKept(clock)).isEqualTo(LocalDate.of(2026, 12, 1));
    });
  }

  @Test
  void every_setting_has_its_name() {
    runner
        .withPropertyValues(
            "bluetick.media.expiry.every=1h",
            "bluetick.media.expiry.batch=7",
            "bluetick.media.expiry.page=6",
            "bluetick.media.expiry.lease=2m",
            "bluetick.media.retention.days=5")
        .run(context -> {
          assertThat(context.getBean(ExpirySettings.class))
              .isEqualTo(new ExpirySettings(Duration.ofHours(1), 7, 6, Duration.ofMinutes(2)));
          assertThat(context.getBean(RetentionSettings.class)).isEqualTo(new RetentionSettings(5));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bluetick.media.expiry.every=1s",
        "bluetick.media.expiry.batch=0",
        "bluetick.media.expiry.page=1001",
        "bluetick.media.expiry.lease=10s",
        "bluetick.media.retention.days=0"
      })
  void what_makes_no_sense_ends_the_start(String setting) {
    runner.withPropertyValues(setting).run(context -> assertThat(context).hasFailed());
  }
}
