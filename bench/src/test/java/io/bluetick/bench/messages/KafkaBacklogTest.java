package io.bluetick.bench.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Backends(Backend.KAFKA)
@Timeout(60)
class KafkaBacklogTest {
  private final String kafka;
  private final String topic;

  KafkaBacklogTest(RunningBackends backends) {
    kafka = backends.get("BLUETICK_KAFKA");
    topic = backends.get("BLUETICK_TOPIC_PREFIX") + "backlog";
  }

  @Test
  void records_count_until_their_offset_is_committed_in_every_partition() throws Exception {
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka));
        KafkaBacklog backlog = new KafkaBacklog(kafka, topic)) {
      admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
      assertThat(backlog.records()).isZero();
      produce(0, 5);
      produce(1, 2);
      assertThat(backlog.records()).isEqualTo(7);
      commit(admin, 0, 3);
      assertThat(backlog.records()).isEqualTo(4);
      commit(admin, 0, 5);
      commit(admin, 1, 2);
      assertThat(backlog.records()).isZero();
    }
  }

  private void produce(int partition, int records) throws Exception {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        producer.send(new ProducerRecord<>(topic, partition, null, new byte[1])).get();
      }
    }
  }

  private void commit(Admin admin, int partition, long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            KafkaBacklog.GROUP,
            Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }
}
