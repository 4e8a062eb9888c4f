package io.bluetick.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.gateway.edge.RouteGroup;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class LimitSettingsTest {

  @EnableConfigurationProperties(LimitSettings.class)
  static class Settings {}

  private final ApplicationContextRunner shipped =
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class)
          .withInitializer(new ConfigDataApplicationContextInitializer());

  @Test
  void defaults_are_these() {
    shipped.run(context ->
        assertThat(context.getBean(LimitSettings.class))
            .isEqualTo(
                new LimitSettings(
                    "redis://127.0.0.1:26379/0",
                    Duration.ofMillis(100),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    10_000,
                    new Limit(30, 60),
                    new Limit(60, 240),
                    Map.of())));
  }

  @Test
  void a_group_may_have_a_limit_of_its_own() {
    shipped
        .withSystemProperties("BLUETICK_LIMIT_BURST=10", "BLUETICK_LIMIT_OPEN_PER_MINUTE=7")
        .withPropertyValues(
            "bluetick.edge.limit.group.media.burst=5",
            "bluetick.edge.limit.group.media.per-minute=6")
        .run(context -> {
          LimitSettings settings = context.getBean(LimitSettings.class);
          assertThat(settings.of(RouteGroup.MEDIA)).isEqualTo(new Limit(5, 6));
          assertThat(settings.of(RouteGroup.USER)).isEqualTo(new Limit(10, 240));
          assertThat(settings.of(RouteGroup.OPEN)).isEqualTo(new Limit(30, 7));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bluetick.edge.limit.open.burst=0",
        "bluetick.edge.limit.standard.per-minute=-1",
        "bluetick.edge.limit.group.media.burst=1",
        "bluetick.edge.limit.redis=http://x",
        "bluetick.edge.limit.local-buckets=0"
      })
  void what_cannot_be_right_ends_the_start(String property) {
    shipped.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }
}
