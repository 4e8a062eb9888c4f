package io.bluetick.message.owner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class HandoffSettingsTest {
  @EnableConfigurationProperties(HandoffSettings.class)
  static class Settings {}

  private final ApplicationContextRunner shipped =
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class)
          .withInitializer(new ConfigDataApplicationContextInitializer());

  @Test
  void what_waits_for_gateways_follows_the_heap() {
    shipped.run(context ->
        assertThat(context.getBean(HandoffSettings.class).bytes())
            .isEqualTo(Runtime.getRuntime().maxMemory() / 6));
  }

  @Test
  void too_little_to_wait_ends_the_start() {
    shipped
        .withPropertyValues("bluetick.handoff.bytes=1000")
        .run(context -> assertThat(context).hasFailed());
  }
}
