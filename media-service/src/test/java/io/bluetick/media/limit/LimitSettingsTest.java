package io.bluetick.media.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.platform.limit.Times;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class LimitSettingsTest {

  @EnableConfigurationProperties(LimitSettings.class)
  static class Settings {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void an_account_uploads_two_gigabytes_a_day_and_as_much_at_once() {
    runner.run(context ->
        assertThat(context.getBean(LimitSettings.class))
            .isEqualTo(
                new LimitSettings(
                    Map.of(),
                    DataSize.ofBytes(2_147_483_648L),
                    DataSize.ofGigabytes(2),
                    100_000,
                    Duration.ofSeconds(1))));
  }

  @Test
  void every_setting_has_its_name() {
    runner
        .withPropertyValues(
            "bluetick.limits.rates.uploads.burst=7",
            "bluetick.limits.rates.uploads.per=3m",
            "bluetick.limits.largest-blob=1MB",
            "bluetick.limits.account-day=2MB",
            "bluetick.limits.local-buckets=9",
            "bluetick.limits.retry=4s")
        .run(context ->
            assertThat(context.getBean(LimitSettings.class))
                .isEqualTo(
                    new LimitSettings(
                        Map.of(Limit.UPLOADS, new Times(7, Duration.ofMinutes(3))),
                        DataSize.ofMegabytes(1),
                        DataSize.ofMegabytes(2),
                        9,
                        Duration.ofSeconds(4))));
  }

  @ParameterizedTest
  @CsvSource({"3GB, 9GB", "2MB, 1MB", "0B, 1MB"})
  void a_blob_that_nobody_could_ever_upload_ends_the_start(String largest, String day) {
    runner
        .withPropertyValues(
            "bluetick.limits.largest-blob=" + largest, "bluetick.limits.account-day=" + day)
        .run(context -> assertThat(context).hasFailed());
  }

  @ParameterizedTest
  @EnumSource
  void every_limit_lets_something_through_and_ends_somewhere(Limit limit) {
    assertThat(limit.times().burst()).isBetween(1, 1_000);
    assertThat(limit.times().per()).isBetween(Duration.ofSeconds(1), Duration.ofDays(1));
  }

  @ParameterizedTest
  @CsvSource({"1, 2147483648", "2147483648, 2147483648", "1, 1", "500000000000, 1000000000000"})
  void a_share_of_the_day_takes_time_and_no_more_than_the_day(long bytes, long day) {
    DayShare share = new DayShare(bytes, day);
    assertThat(share.intervalMicros()).isBetween(1L, share.capacityMicros());
    assertThat(share.intervalMicros() == share.capacityMicros()).isEqualTo(bytes == day);
  }
}
