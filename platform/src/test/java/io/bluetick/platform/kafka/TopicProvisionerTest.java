package io.bluetick.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.devstack.Backend;
import io.bluetick.protocol.TopicSpec;
import io.bluetick.protocol.TopicSpec.Scale;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Backends(Backend.KAFKA)
class TopicProvisionerTest {

  private final String prefix;
  private final Admin admin;

  TopicProvisionerTest(RunningBackends settings) {
    prefix = settings.get("BLUETICK_TOPIC_PREFIX");
    admin = Admin.create(Map.of("bootstrap.servers", settings.get("BLUETICK_KAFKA")));
  }

  @AfterEach
  void close() {
    admin.close();
  }

  @Test
  void a_missing_topic_is_created_as_it_is_declared() throws Exception {
    provisioner(3, topic("created", Duration.ofHours(1))).run();
    assertThat(description("created").partitions()).hasSize(3);
    assertThat(config("created", "retention.ms")).isEqualTo("3600000");
    assertThat(config("created", "segment.ms")).isEqualTo("60000");
    assertThat(config("created", "cleanup.policy")).isEqualTo("delete");
  }

  @Test
  void an_existing_topic_is_brought_in_line() throws Exception {
    provisioner(3, topic("aligned", Duration.ofHours(1))).run();
    provisioner(3, topic("aligned", Duration.ofHours(2))).run();
    assertThat(config("aligned", "retention.ms")).isEqualTo("7200000");
  }

  @Test
  void another_number_of_partitions_is_an_error_and_stays() throws Exception {
    provisioner(3, topic("counted", Duration.ofHours(1))).run();
    TopicProvisioner other = provisioner(5, topic("counted", Duration.ofHours(1)));
    assertThatThrownBy(other::run)
        .hasMessageContaining("counted has 3 partitions, and 5 are configured");
    assertThat(description("counted").partitions()).hasSize(3);
  }

  @Test
  void many_processes_can_start_at_once() throws Exception {
    Callable<Void> start =
        () -> {
          provisioner(3, topic("raced", Duration.ofHours(1))).run();
          return null;
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> one : threads.invokeAll(Stream.generate(() -> start).limit(8).toList())) {
        one.get();
      }
    }
    assertThat(description("raced").partitions()).hasSize(3);
  }

  private TopicProvisioner provisioner(int partitions, TopicSpec topic) {
    KafkaSettings settings = new KafkaSettings(prefix, partitions, (short) 1);
    return new TopicProvisioner(admin, new TopicPlan(settings), TopicsInUse.of(topic));
  }

  private static TopicSpec topic(String name, Duration retention) {
    return new TopicSpec(name, Scale.BY_ACCOUNT, retention, Duration.ofMinutes(1));
  }

  private TopicDescription description(String name) throws Exception {
    return admin
        .describeTopics(List.of(prefix + name))
        .allTopicNames()
        .get()
        .values()
        .iterator()
        .next();
  }

  private String config(String name, String key) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, prefix + name);
    Config config = admin.describeConfigs(List.of(topic)).all().get().values().iterator().next();
    return config.get(key).value();
  }
}
