package io.bluetick.message.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.OutboundBatch;
import io.bluetick.protocol.v1.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandoffsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final HandoffSettings SETTINGS =
      new HandoffSettings(
          3, 131_072, 1_024, Duration.ofMillis(1), Duration.ofMillis(100), Duration.ofMillis(300));

  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(
          Cluster.empty(), false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final AtomicInteger dropped = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final Handoffs handoffs =
      new Handoffs(node -> "to." + node, () -> kafka, kafka::close, SETTINGS, dropped::addAndGet);

  @AfterEach
  void close() {
    handoffs.close();
  }

  @Test
  void what_comes_while_a_record_is_on_its_way_goes_with_the_next() {
    add("g1", 1);
    awaitRecords(1);
    add("g1", 2);
    add("g1", 3);
    assertThat(kafka.history()).hasSize(1);
    kafka.completeNext();
    awaitRecords(2);
    assertThat(sequences(kafka.history().get(1))).containsExactly(2L, 3L);
    kafka.completeNext();
    await().atMost(LIMIT).untilAtomic(ended, equalTo(3));
    assertThat(dropped).hasValue(0);
  }

  @Test
  void one_gateway_does_not_wait_for_another() {
    add("g1", 1);
    add("g2", 2);
    awaitRecords(2);
    assertThat(kafka.history().stream().map(ProducerRecord::topic))
        .containsExactlyInAnyOrder("to.g1", "to.g2");
  }

  @Test
  void what_a_gateway_does_not_take_is_dropped_and_comes_to_its_end() {
    add("g1", 1);
    awaitRecords(1);
    add("g1", 2);
    kafka.errorNext(new TimeoutException("no such topic"));
    awaitRecords(2);
    assertThat(sequences(kafka.history().get(1))).containsExactly(2L);
    add("g1", 3);
    assertThat(dropped).hasValue(2);
    assertThat(ended).hasValue(2);
    kafka.completeNext();
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> {
          add("g1", 4);
          assertThat(kafka.history()).hasSizeGreaterThan(2);
        });
  }

  @Test
  void more_than_may_wait_for_a_gateway_is_dropped() {
    add("g1", 1);
    awaitRecords(1);
    int added = 1;
    while (dropped.get() == 0) {
      add("g1", ++added);
    }
    assertThat(added).isBetween(2_000, 20_000);
    assertThat(ended).hasValue(1);
  }

  @Test
  void one_gateway_leaves_room_for_another_and_all_together_have_a_bound() {
    int first = addUntilFull("g1");
    int second = addUntilFull("g2");
    assertThat(second).isBetween(first * 9 / 10, first * 11 / 10);
    assertThat(addUntilFull("g3")).isLessThan(first / 10);
  }

  private int addUntilFull(String node) {
    int before = dropped.get();
    int added = 0;
    while (dropped.get() == before) {
      add(node, ++added);
    }
    return added;
  }

  private void add(String node, long sequence) {
    Delivery delivery =
        Delivery.newBuilder().addTargets(Target.newBuilder().setSequence(sequence)).build();
    handoffs.add(node, delivery, ended::incrementAndGet);
  }

  private void awaitRecords(int count) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(kafka.history()).hasSize(count));
  }

  private static List<Long> sequences(ProducerRecord<byte[], byte[]> record) {
    List<Long> sequences = new ArrayList<>();
    try {
      OutboundBatch.parseFrom(record.value())
          .getDeliveriesList()
          .forEach(each -> sequences.add(each.getTargets(0).getSequence()));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    return sequences;
  }
}
