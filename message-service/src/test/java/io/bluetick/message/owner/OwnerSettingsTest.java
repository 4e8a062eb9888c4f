package io.bluetick.message.owner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class OwnerSettingsTest {
  private static final long HEAP = Runtime.getRuntime().maxMemory();

  @EnableConfigurationProperties(OwnerSettings.class)
  static class Settings {}

  private final ApplicationContextRunner shipped =
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class)
          .withInitializer(new ConfigDataApplicationContextInitializer());

  private long heldBytes(String... properties) {
    long[] held = new long[1];
    shipped
        .withPropertyValues(properties)
        .run(context -> held[0] = context.getBean(OwnerSettings.class).heldBytes());
    return held[0];
  }

  @Test
  void what_is_held_follows_the_heap_unless_it_is_told() {
    assertThat(heldBytes()).isEqualTo(HEAP / 6);
    assertThat(heldBytes("bluetick.mailbox.threads=2")).isEqualTo(HEAP / 6 / 2);
    assertThat(heldBytes("bluetick.mailbox.held-bytes=2097152")).isEqualTo(2_097_152);
  }

  @Test
  void too_little_to_hold_ends_the_start() {
    shipped
        .withPropertyValues("bluetick.mailbox.held-bytes=1000")
        .run(context -> assertThat(context).hasFailed());
  }
}
