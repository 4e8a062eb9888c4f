package io.bluetick.message.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.devstack.Backend;
import io.bluetick.message.admin.OwnedLog.OwnedPartition;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Kafka says where no owner runs. */
@Backends(Backend.KAFKA)
class OwnedLogTest {
  private final String name = "owned-log-" + UUID.randomUUID();
  private final TopicPartition partition = new TopicPartition(name, 0);
  private final Admin admin;

  OwnedLogTest(RunningBackends backends) throws Exception {
    admin = Admin.create(Map.of("bootstrap.servers", backends.get("BLUETICK_KAFKA")));
    admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() {
    var _ = admin.deleteTopics(List.of(name));
    admin.close();
  }

  private OwnedPartition partition() {
    return new OwnedLog(admin, name, 1, name).partitions().getFirst();
  }

  private void commit(String metadata) throws Exception {
    admin
        .alterConsumerGroupOffsets(name, Map.of(partition, new OffsetAndMetadata(0, metadata)))
        .all()
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_partition_that_nobody_ever_owned_has_no_owner_and_no_checkpoint() {
    assertThat(partition()).isEqualTo(new OwnedPartition(0, null, 0, null, 0, null));
  }

  @Test
  void the_time_of_a_checkpoint_is_what_was_committed_with_the_offset() throws Exception {
    commit("1800000000000");
    assertThat(partition())
        .isEqualTo(new OwnedPartition(0, null, 0, 0L, 0, Instant.ofEpochMilli(1_800_000_000_000L)));
  }

  @Test
  void a_commit_without_a_time_is_a_commit() throws Exception {
    commit("");
    assertThat(partition()).isEqualTo(new OwnedPartition(0, null, 0, 0L, 0, null));
    commit("by hand");
    assertThat(partition().checkpointAt()).isNull();
  }

  @Test
  void where_kafka_does_not_answer_it_says_so() {
    try (Admin nowhere =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                "127.0.0.1:1",
                "default.api.timeout.ms",
                "500",
                "request.timeout.ms",
                "400"))) {
      OwnedLog away = new OwnedLog(nowhere, name, 1, name);
      assertThatThrownBy(away::partitions)
          .isInstanceOfSatisfying(
              BluetickException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
  }
}
