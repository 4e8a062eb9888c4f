package io.bluetick.media.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class BucketSettingsTest {

  @EnableConfigurationProperties(BucketSettings.class)
  static class Settings {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(Settings.class);

  @Test
  void defaults_are_those_of_the_stack_on_one_machine() {
    runner.run(context ->
        assertThat(context.getBean(BucketSettings.class))
            .isEqualTo(
                new BucketSettings(
                    URI.create("http://127.0.0.1:29000"),
                    null,
                    "us-east-1",
                    "bluetick",
                    "bluetick-dev-secret",
                    "bluetick-media",
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5))));
  }

  @Test
  void every_setting_has_its_name() {
    runner
        .withPropertyValues(
            "bluetick.s3.endpoint=https://s3.example.org",
            "bluetick.s3.public-endpoint=https://media.example.org",
            "bluetick.s3.region=eu-central-1",
            "bluetick.s3.key=k",
            "bluetick.s3.secret=hidden",
            "bluetick.s3.bucket=blobs",
            "bluetick.s3.connect-timeout=2s",
            "bluetick.s3.call-timeout=3s")
        .run(context -> {
          BucketSettings settings = context.getBean(BucketSettings.class);
          assertThat(settings)
              .isEqualTo(
                  new BucketSettings(
                      URI.create("https://s3.example.org"),
                      URI.create("https://media.example.org"),
                      "eu-central-1",
                      "k",
                      "hidden",
                      "blobs",
                      Duration.ofSeconds(2),
                      Duration.ofSeconds(3)));
          assertThat(settings.toString()).doesNotContain("hidden");
        });
  }

  @Test
  void devices_reach_the_endpoint_itself_unless_they_are_told_another() {
    runner
        .withPropertyValues("bluetick.s3.endpoint=https://s3.example.org")
        .run(context ->
            assertThat(context.getBean(BucketSettings.class).reached())
                .hasToString("https://s3.example.org"));
    runner
        .withPropertyValues("bluetick.s3.public-endpoint=https://media.example.org")
        .run(context ->
            assertThat(context.getBean(BucketSettings.class).reached())
                .hasToString("https://media.example.org"));
  }

  @Test
  void what_no_bucket_can_be_called_ends_the_start() {
    runner
        .withPropertyValues("bluetick.s3.bucket=UPPER_CASE")
        .run(context -> assertThat(context).hasFailed());
  }
}
