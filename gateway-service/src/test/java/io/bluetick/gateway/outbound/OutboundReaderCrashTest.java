package io.bluetick.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.gateway.KafkaForTests;
import io.bluetick.gateway.OwnKafka;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of deliveries when Kafka dies and comes back. */
class OutboundReaderCrashTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void after_kafkas_return_it_goes_on_where_it_was(@TempDir Path folder) throws Exception {
    RecordingDeliveries deliveries = new RecordingDeliveries();
    try (OwnKafka kafka = OwnKafka.start(folder)) {
      KafkaForTests clients = kafka.clients();
      String topic = clients.newTopic(1);
      OutboundReader reader = deliveries.reader(clients, topic, 4);
      reader.start();
      await().atMost(LIMIT).until(() -> deliveries.begun() > 0);
      clients.produce(topic, RecordingDeliveries.batch(1), RecordingDeliveries.batch(2));
      await().atMost(LIMIT).until(() -> deliveries.numbers().size() == 2);
      kafka.kill();
      kafka.restart();
      clients.produce(topic, RecordingDeliveries.batch(3), RecordingDeliveries.batch(4));
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(deliveries.numbers()).containsExactly(1L, 2L, 3L, 4L));
      reader.stop();
    }
  }
}
