package io.bluetick.media.grant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class GrantSettingsTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @EnableConfigurationProperties(GrantSettings.class)
  static class Settings {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void a_grant_is_valid_for_a_quarter_of_an_hour() {
    runner
        .withPropertyValues("bluetick.media.owner-key=" + KEY)
        .run(context -> {
          GrantSettings settings = context.getBean(GrantSettings.class);
          assertThat(settings)
              .isEqualTo(new GrantSettings(KEY, Duration.ofMinutes(15), Duration.ofMinutes(15)));
          assertThat(settings.toString()).doesNotContain(KEY);
        });
  }

  @Test
  void every_setting_has_its_name() {
    runner
        .withPropertyValues(
            "bluetick.media.owner-key=" + KEY,
            "bluetick.media.upload-valid=1h",
            "bluetick.media.download-valid=2h")
        .run(context ->
            assertThat(context.getBean(GrantSettings.class))
                .isEqualTo(new GrantSettings(KEY, Duration.ofHours(1), Duration.ofHours(2))));
  }

  @Test
  void without_a_key_of_some_length_there_is_no_start_and_it_is_not_printed() {
    runner.run(context -> assertThat(context).hasFailed());
    runner
        .withPropertyValues("bluetick.media.owner-key=too short to be one")
        .run(context ->
            assertThat(context.getStartupFailure())
                .rootCause()
                .message()
                .satisfies(said ->
                    assertThat(said).contains("BLUETICK_MEDIA_KEY").doesNotContain("too short")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "8d", "-1m"})
  void a_grant_that_s3_would_not_sign_ends_the_start(String valid) {
    runner
        .withPropertyValues(
            "bluetick.media.owner-key=" + KEY, "bluetick.media.upload-valid=" + valid)
        .run(context -> assertThat(context).hasFailed());
  }
}
