package io.bluetick.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.platform.cassandra.CassandraSettings;
import io.bluetick.platform.health.HealthSettings;
import io.bluetick.platform.kafka.KafkaSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Names and defaults are a contract with whoever deploys. */
class SettingsTest {

  @EnableConfigurationProperties({
    KafkaSettings.class,
    CassandraSettings.class,
    HealthSettings.class
  })
  static class All {}

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(All.class);

  @Test
  void defaults_suit_a_laptop() {
    runner.run(context -> {
      assertThat(context.getBean(KafkaSettings.class))
          .isEqualTo(new KafkaSettings("", 8, (short) 1));
      assertThat(context.getBean(CassandraSettings.class))
          .isEqualTo(
              new CassandraSettings("bluetick", 1, Duration.ofSeconds(60), Duration.ofSeconds(60)));
      assertThat(context.getBean(HealthSettings.class))
          .isEqualTo(new HealthSettings(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    });
  }

  @Test
  void every_setting_has_its_name() {
    runner
        .withPropertyValues(
            "bluetick.kafka.topic-prefix=a.",
            "bluetick.kafka.partitions=256",
            "bluetick.kafka.replication=3",
            "bluetick.cassandra.keyspace=k",
            "bluetick.cassandra.replication=3",
            "bluetick.cassandra.start-timeout=5s",
            "bluetick.cassandra.lease=6s",
            "bluetick.health.timeout=3s",
            "bluetick.health.remember=4s")
        .run(context -> {
          assertThat(context.getBean(KafkaSettings.class))
              .isEqualTo(new KafkaSettings("a.", 256, (short) 3));
          assertThat(context.getBean(CassandraSettings.class))
              .isEqualTo(
                  new CassandraSettings("k", 3, Duration.ofSeconds(5), Duration.ofSeconds(6)));
          assertThat(context.getBean(HealthSettings.class))
              .isEqualTo(new HealthSettings(Duration.ofSeconds(3), Duration.ofSeconds(4)));
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bluetick.kafka.partitions=0",
        "bluetick.kafka.topic-prefix=with space",
        "bluetick.cassandra.keyspace=Robert'); DROP",
        "bluetick.health.timeout=soon"
      })
  void a_wrong_setting_ends_the_start(String property) {
    runner.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }
}
