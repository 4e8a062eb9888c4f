package io.bluetick.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class DocsSettingsTest {

  @EnableConfigurationProperties(DocsSettings.class)
  static class Settings {}

  @Test
  void defaults_are_these() {
    new ApplicationContextRunner()
        .withUserConfiguration(Settings.class)
        .run(context ->
            assertThat(context.getBean(DocsSettings.class))
                .isEqualTo(
                    new DocsSettings(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        DataSize.ofMegabytes(1))));
  }
}
