package io.bluetick.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.gateway.KafkaForTests;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Backends(Backend.KAFKA)
class OutboundReaderTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int UNDER_WAY = 4;

  private final RecordingDeliveries deliveries = new RecordingDeliveries();
  private final KafkaForTests kafka;
  private final String topic;
  private final OutboundReader reader;

  OutboundReaderTest(RunningBackends backends) throws Exception {
    kafka =
        new KafkaForTests(backends.get("BLUETICK_KAFKA"), backends.get("BLUETICK_TOPIC_PREFIX"));
    topic = kafka.newTopic(1);
    reader = deliveries.reader(kafka, topic, UNDER_WAY);
  }

  @AfterEach
  void stop() {
    reader.stop();
  }

  private void awaitBegun() {
    await().atMost(LIMIT).until(() -> deliveries.begun() > 0);
  }

  private void awaitDelivered(Long... numbers) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(deliveries.numbers()).containsExactly(numbers));
  }

  @Test
  void what_was_there_before_is_not_delivered_and_what_comes_is_in_order() throws Exception {
    kafka.produce(topic, RecordingDeliveries.batch(1), RecordingDeliveries.batch(2));
    reader.start();
    awaitBegun();
    kafka.produce(topic, RecordingDeliveries.batch(3), RecordingDeliveries.batch(4));
    awaitDelivered(3L, 4L);
    assertThat(deliveries.begun()).isOne();
  }

  @Test
  void it_does_not_begin_before_its_topic_is_there() throws Exception {
    OutboundReader early = deliveries.reader(kafka, topic + "-later", UNDER_WAY);
    early.start();
    await()
        .during(Duration.ofSeconds(2))
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(deliveries.begun()).isZero());
    early.stop();
  }

  @Test
  void garbage_is_counted_and_passed_over() throws Exception {
    reader.start();
    awaitBegun();
    kafka.produce(topic, new byte[] {-1, -1}, RecordingDeliveries.batch(1), new byte[] {0x0A});
    kafka.produce(topic, RecordingDeliveries.batch(2));
    awaitDelivered(1L, 2L);
    assertThat(deliveries.notUnderstood()).isEqualTo(2);
  }

  @Test
  void no_more_are_under_way_than_may_be() throws Exception {
    deliveries.hold();
    reader.start();
    awaitBegun();
    for (int number = 1; number <= 3 * UNDER_WAY; number++) {
      kafka.produce(topic, RecordingDeliveries.batch(number));
    }
    await().atMost(LIMIT).until(() -> deliveries.numbers().size() == UNDER_WAY);
    await()
        .during(Duration.ofMillis(300))
        .atMost(LIMIT)
        .until(() -> deliveries.numbers().size() == UNDER_WAY);
    deliveries.endOne();
    await().atMost(LIMIT).until(() -> deliveries.numbers().size() == UNDER_WAY + 1);
    deliveries.release();
    awaitDelivered(LongStream.rangeClosed(1, 3 * UNDER_WAY).boxed().toArray(Long[]::new));
  }

  @Test
  void it_stops_while_it_waits_for_the_sockets() throws Exception {
    deliveries.hold();
    reader.start();
    awaitBegun();
    for (int number = 1; number <= 2 * UNDER_WAY; number++) {
      kafka.produce(topic, RecordingDeliveries.batch(number));
    }
    await().atMost(LIMIT).until(() -> deliveries.numbers().size() == UNDER_WAY);
    reader.stop();
    assertThat(reader.isRunning()).isFalse();
    deliveries.release();
    assertThat(deliveries.numbers()).hasSize(UNDER_WAY);
  }
}
