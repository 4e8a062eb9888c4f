package io.bluetick.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.gateway.KafkaForTests;
import io.bluetick.platform.kafka.KafkaSettings;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.Topics;
import io.bluetick.protocol.v1.OutboundBatch;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.time.Duration;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

@Backends(Backend.KAFKA)
class KafkaNeighboursTest {
  private final KafkaForTests kafka;
  private final TopicPlan plan;

  KafkaNeighboursTest(RunningBackends backends) {
    String prefix = UUID.randomUUID().toString().substring(0, 8) + ".";
    kafka = new KafkaForTests(backends.get("BLUETICK_KAFKA"), prefix);
    plan = new TopicPlan(new KafkaSettings(prefix, 8, (short) 1));
  }

  @Test
  void a_gateway_is_told_in_its_own_topic() throws Exception {
    String topic = plan.name(Topics.outbound("g2"));
    kafka.create(topic, 1);
    try (Producer<byte[], byte[]> producer = kafka.producer();
        KafkaNeighbours neighbours = new KafkaNeighbours(plan, producer)) {
      neighbours.displaced("g2", 4_711, 12);
      await().atMost(Duration.ofSeconds(20)).until(() -> !kafka.values(topic).isEmpty());
    }
    OutboundBatch batch = OutboundBatch.parseFrom(kafka.values(topic).getFirst());
    assertThat(batch.getDeliveriesCount()).isOne();
    assertThat(batch.getDeliveries(0).getDisplaced().getEpoch()).isEqualTo(12);
    assertThat(batch.getDeliveries(0).getTargetsList())
        .singleElement()
        .satisfies(target -> assertThat(target.getConnection()).isEqualTo(4_711));
  }
}
