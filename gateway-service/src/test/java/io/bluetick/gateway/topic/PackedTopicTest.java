package io.bluetick.gateway.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.platform.kafka.Durable;
import io.bluetick.platform.kafka.PackedTopic;
import io.bluetick.platform.kafka.PackingSettings;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Partitions;
import io.bluetick.protocol.Sequence;
import io.bluetick.protocol.v1.MailboxBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Packing, retrying and bounds, with a Kafka whose every answer the test gives. */
class PackedTopicTest {
  private static final int PARTITIONS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final PackingSettings SETTINGS =
      new PackingSettings(
          65_536, 2_048, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofMillis(300));

  private final AccountId actor = inPartition(0);
  private final List<Integer> metered = Collections.synchronizedList(new ArrayList<>());
  private final ScriptedProducer kafka = new ScriptedProducer();
  private final PackedTopic topic =
      new PackedTopic("packed", PARTITIONS, () -> kafka, SETTINGS, metered::add);

  /** Kafka's own fake, which can also do something while it is sending. */
  private static final class ScriptedProducer extends MockProducer<byte[], byte[]> {
    private volatile Runnable onSend = () -> {};

    ScriptedProducer() {
      super(Cluster.empty(), false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      onSend.run();
      return super.send(record, callback);
    }
  }

  @AfterEach
  void close() {
    topic.close();
  }

  private static AccountId inPartition(int partition) {
    return LongStream.range(0, 1_000)
        .mapToObj(number -> new AccountId(number, 7))
        .filter(id -> Partitions.of(id, PARTITIONS) == partition)
        .findFirst()
        .orElseThrow();
  }

  private void add(long from, long to, Durable durable) {
    for (long number = from; number <= to; number++) {
      topic.add(actor, CommandTopicContract.command(actor, number), durable);
    }
  }

  /** Waits until Kafka was given so many records in all, repeated ones too. */
  private void awaitSent(int records) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(kafka.history()).hasSize(records));
  }

  private List<Long> sent(int record) throws InvalidProtocolBufferException {
    byte[] value = kafka.history().get(record).value();
    return CommandTopicContract.numbers(MailboxBatch.parseFrom(value).getCommandsList());
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void what_is_added_while_a_record_is_on_its_way_goes_with_the_next() throws Exception {
    AtomicInteger told = new AtomicInteger();
    add(1, 1, told::incrementAndGet);
    awaitSent(1);
    add(2, 50, told::incrementAndGet);
    assertThat(kafka.history()).hasSize(1);
    kafka.completeNext();
    assertThat(told).hasValue(1);
    awaitSent(2);
    assertThat(sent(1)).isEqualTo(range(2, 50));
    kafka.completeNext();
    assertThat(told).hasValue(50);
    assertThat(metered).hasSize(2);
    assertThat(topic.waitingBytes()).isZero();
  }

  @Test
  void partitions_do_not_wait_for_each_other() {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      AccountId id = inPartition(partition);
      topic.add(id, CommandTopicContract.command(id, 1));
    }
    awaitSent(PARTITIONS);
    assertThat(kafka.history())
        .extracting(ProducerRecord::partition)
        .containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void a_full_pack_starts_another() throws Exception {
    add(1, 1, Durable.NOBODY);
    awaitSent(1);
    add(2, 200, Durable.NOBODY);
    List<Long> all = new ArrayList<>();
    for (int record = 0; all.size() < 200; record++) {
      awaitSent(record + 1);
      assertThat(kafka.history().get(record).value()).hasSizeLessThan(2_048 + 64);
      all.addAll(sent(record));
      kafka.completeNext();
    }
    assertThat(all).isEqualTo(range(1, 200));
    assertThat(kafka.history()).hasSizeGreaterThan(3);
  }

  @Test
  void a_record_holds_no_more_commands_than_a_sequence_can_tell_apart() throws Exception {
    MockProducer<byte[], byte[]> roomy = new ScriptedProducer();
    PackingSettings settings =
        new PackingSettings(
            8_000_000,
            900_000,
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            Duration.ofMillis(300));
    try (PackedTopic large = new PackedTopic("packed", 1, () -> roomy, settings, _ -> {})) {
      int many = 2 * Sequence.COMMANDS_PER_RECORD + 2;
      for (int number = 0; number < many; number++) {
        large.add(actor, CommandTopicContract.command(actor, number));
      }
      int logged = 0;
      for (int record = 0; logged < many; record++) {
        int wanted = record + 1;
        await().atMost(LIMIT).untilAsserted(() -> assertThat(roomy.history()).hasSize(wanted));
        int commands =
            MailboxBatch.parseFrom(roomy.history().get(record).value()).getCommandsCount();
        assertThat(commands).isLessThanOrEqualTo(Sequence.COMMANDS_PER_RECORD);
        logged += commands;
        roomy.completeNext();
      }
    }
  }

  @Test
  void a_record_that_kafka_did_not_take_is_sent_again_unchanged_before_all_others()
      throws Exception {
    AtomicInteger told = new AtomicInteger();
    add(1, 1, told::incrementAndGet);
    awaitSent(1);
    add(2, 2, told::incrementAndGet);
    for (int failures = 1; failures <= 3; failures++) {
      kafka.errorNext(new TimeoutException("not now"));
      add(2 + failures, 2 + failures, told::incrementAndGet);
      awaitSent(1 + failures);
      assertThat(sent(failures)).isEqualTo(range(1, 1));
    }
    assertThat(told).hasValue(0);
    kafka.completeNext();
    assertThat(told).hasValue(1);
    awaitSent(5);
    assertThat(sent(4)).isEqualTo(range(2, 5));
    kafka.completeNext();
    assertThat(told).hasValue(5);
  }

  @Test
  void what_is_added_to_a_lane_that_waits_to_try_again_does_not_change_its_record()
      throws Exception {
    add(1, 1, Durable.NOBODY);
    awaitSent(1);
    kafka.errorNext(new TimeoutException("not now"));
    add(2, 2, Durable.NOBODY); // Idle, but not free to be added to.
    awaitSent(2);
    assertThat(sent(1)).isEqualTo(range(1, 1));
  }

  @Test
  void a_producer_that_throws_is_tried_again() throws Exception {
    AtomicInteger told = new AtomicInteger();
    AtomicInteger attempts = new AtomicInteger();
    kafka.onSend =
        () -> {
          if (attempts.incrementAndGet() < 4) {
            throw new KafkaException("no metadata");
          }
        };
    add(1, 3, told::incrementAndGet);
    awaitSent(1);
    kafka.completeNext();
    awaitAllTaken(told, 3);
    assertThat(attempts).hasValueGreaterThanOrEqualTo(4);
  }

  private void awaitAllTaken(AtomicInteger told, int expected) {
    await()
        .atMost(LIMIT)
        .until(() -> {
          kafka.completeNext();
          return told.get() == expected;
        });
  }

  @Test
  void who_is_woken_while_it_is_sending_does_not_sleep_over_it() {
    AccountId first = inPartition(0);
    AccountId last = inPartition(PARTITIONS - 1);
    AtomicBoolean done = new AtomicBoolean();
    // As a producer does that waits for a lock: the wake-up that was meant for us ends there.
    kafka.onSend =
        () -> {
          if (done.compareAndSet(false, true)) {
            topic.add(first, CommandTopicContract.command(first, 2));
            LockSupport.parkNanos(1);
          }
        };
    topic.add(last, CommandTopicContract.command(last, 1));
    awaitSent(2);
  }

  @Test
  void one_who_fails_when_told_does_not_keep_the_word_from_others() {
    AtomicInteger told = new AtomicInteger();
    add(1, 1, told::incrementAndGet);
    awaitSent(1);
    add(
        2,
        2,
        () -> {
          throw new IllegalStateException("its event loop has ended");
        });
    add(3, 3, told::incrementAndGet);
    kafka.completeNext();
    awaitSent(2);
    kafka.completeNext();
    assertThat(told).hasValue(2);
    assertThat(topic.waitingBytes()).isZero();
  }

  @Test
  void there_is_no_room_at_the_limit_and_those_who_wait_are_called_at_half() {
    AtomicInteger called = new AtomicInteger();
    List<Boolean> roomWhenCalled = new ArrayList<>();
    long number = 1;
    while (topic.hasRoom()) {
      add(number, number, Durable.NOBODY);
      number++;
    }
    assertThat(topic.waitingBytes()).isBetween(65_536L, 65_536L + 64);
    topic.whenRoom(() -> {
      called.incrementAndGet();
      roomWhenCalled.add(topic.waitingBytes() <= 65_536 / 2);
    });
    int record = 0;
    while (topic.waitingBytes() > 65_536 / 2) {
      assertThat(called).hasValue(0);
      awaitSent(++record);
      kafka.completeNext();
    }
    assertThat(called).hasValue(1);
    assertThat(roomWhenCalled).containsExactly(true);
    assertThat(topic.hasRoom()).isTrue();
  }

  @Test
  void closing_waits_for_what_is_on_its_way() {
    AtomicInteger told = new AtomicInteger();
    add(1, 1, told::incrementAndGet);
    awaitSent(1);
    Thread closing = Thread.startVirtualThread(topic::close);
    assertThat(kafka.closed()).isFalse();
    kafka.completeNext();
    await().atMost(LIMIT).until(() -> !closing.isAlive());
    assertThat(told).hasValue(1);
  }

  @Test
  void closing_gives_up_in_time() {
    AtomicInteger told = new AtomicInteger();
    add(1, 1, told::incrementAndGet);
    long before = System.nanoTime();
    topic.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
    assertThat(told).hasValue(0);
  }

  @Test
  void a_producer_that_has_failed_for_good_is_replaced_and_nothing_is_lost() {
    MockProducer<byte[], byte[]> fresh = new ScriptedProducer();
    MockProducer<byte[], byte[]> dead = new ScriptedProducer();
    dead.close();
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger told = new AtomicInteger();
    try (PackedTopic topic =
        new PackedTopic(
            "packed", 1, () -> asked.incrementAndGet() == 1 ? dead : fresh, SETTINGS, _ -> {})) {
      topic.add(actor, CommandTopicContract.command(actor, 1), told::incrementAndGet);
      await().atMost(LIMIT).untilAsserted(() -> assertThat(fresh.history()).hasSize(1));
      assertThat(told).hasValue(0);
      fresh.completeNext();
      await().atMost(LIMIT).untilAsserted(() -> assertThat(told).hasValue(1));
    }
  }
}
