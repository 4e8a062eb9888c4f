package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SocketSettingsTest {

  @EnableConfigurationProperties(SocketSettings.class)
  static class Settings {}

  private final ApplicationContextRunner shipped =
      new ApplicationContextRunner()
          .withUserConfiguration(Settings.class)
          .withInitializer(new ConfigDataApplicationContextInitializer());

  @Test
  void defaults_are_these() {
    shipped.run(context ->
        assertThat(context.getBean(SocketSettings.class))
            .isEqualTo(
                new SocketSettings(
                    "",
                    1_000_000,
                    1_024,
                    64,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(240),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    65_536,
                    0.7,
                    128,
                    100,
                    500,
                    200,
                    1_000)));
  }

  @Test
  void each_has_its_name() {
    shipped
        .withSystemProperties("BLUETICK_NOISE_KEYS=k", "BLUETICK_DRAIN=9s")
        .withPropertyValues(
            "bluetick.socket.max-connections=1",
            "bluetick.socket.max-opening=2",
            "bluetick.socket.concurrent-opens=3",
            "bluetick.socket.open-timeout=4s",
            "bluetick.socket.silence=5s",
            "bluetick.socket.pong-within=6s",
            "bluetick.socket.go-away-delay=7s",
            "bluetick.socket.write-limit-bytes=2048",
            "bluetick.socket.memory-pressure=0.5",
            "bluetick.socket.unaccepted=10",
            "bluetick.socket.connection-rate=11",
            "bluetick.socket.connection-burst=12",
            "bluetick.socket.account-rate=13",
            "bluetick.socket.account-burst=14")
        .run(context ->
            assertThat(context.getBean(SocketSettings.class))
                .isEqualTo(
                    new SocketSettings(
                        "k",
                        1,
                        2,
                        3,
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(9),
                        2_048,
                        0.5,
                        10,
                        11,
                        12,
                        13,
                        14)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bluetick.socket.max-connections=0",
        "bluetick.socket.max-connections=16000001",
        "bluetick.socket.max-opening=0",
        "bluetick.socket.concurrent-opens=0",
        "bluetick.socket.write-limit-bytes=1000",
        "bluetick.socket.unaccepted=0",
        "bluetick.socket.connection-rate=0"
      })
  void what_cannot_be_right_ends_the_start(String property) {
    shipped.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }
}
