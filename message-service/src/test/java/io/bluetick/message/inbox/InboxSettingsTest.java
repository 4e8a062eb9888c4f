package io.bluetick.message.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class InboxSettingsTest {

  @EnableConfigurationProperties(InboxSettings.class)
  static class Settings {}

  private final ApplicationContextRunner shipped =
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class)
          .withInitializer(new ConfigDataApplicationContextInitializer());

  @Test
  void defaults_are_these() {
    shipped.run(context ->
        assertThat(context.getBean(InboxSettings.class))
            .isEqualTo(new InboxSettings(DataSize.ofKilobytes(64), 256, 64, 64, 50_000)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bluetick.inbox.batch-rows=0",
        "bluetick.inbox.writes=0",
        "bluetick.inbox.reads=2000",
        "bluetick.inbox.known-days=-1",
        "bluetick.inbox.batch-size=much"
      })
  void what_cannot_be_right_ends_the_start(String property) {
    shipped.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }
}
