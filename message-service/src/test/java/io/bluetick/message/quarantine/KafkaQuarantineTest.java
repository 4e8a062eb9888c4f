package io.bluetick.message.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.message.mailbox.Effect;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.DeadRecord;
import io.bluetick.protocol.v1.MailboxCommand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/** Trying and bounds, with a Kafka whose every answer the test gives. */
class KafkaQuarantineTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int WAITING = 3;

  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(
          Cluster.empty(), false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final AtomicInteger asked = new AtomicInteger();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final KafkaQuarantine quarantine =
      new KafkaQuarantine(
          new CommandLog("mailbox", "dead", new OneProducer(), LIMIT),
          new QuarantineSettings(WAITING, Duration.ofMillis(10), 10, LIMIT),
          Clock.systemUTC(),
          meters);

  /** Gives the test's own. */
  private final class OneProducer extends DefaultKafkaProducerFactory<byte[], byte[]> {
    OneProducer() {
      super(Map.of());
    }

    @Override
    public Producer<byte[], byte[]> createNonTransactionalProducer() {
      asked.incrementAndGet();
      return kafka;
    }
  }

  @AfterEach
  void close() {
    quarantine.close();
  }

  private CompletableFuture<Void> put(long sequence) {
    MailboxCommand command =
        MailboxCommand.newBuilder().setActor(new AccountId(1, 2).bytes()).build();
    return quarantine
        .put(
            5,
            new Effect.Quarantine(
                sequence, command, "java.lang.IllegalStateException: of " + sequence))
        .toCompletableFuture();
  }

  private List<Long> sent() {
    List<Long> sequences = new ArrayList<>();
    for (var record : kafka.history()) {
      try {
        sequences.add(DeadRecord.parseFrom(record.value()).getSequence());
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }
    return sequences;
  }

  private void awaitSent(int records) {
    await().atMost(LIMIT).until(() -> kafka.history().size() >= records);
  }

  @Test
  void it_is_not_there_before_kafka_has_it() {
    CompletableFuture<Void> put = put(1);
    awaitSent(1);
    assertThat(put).isNotDone();
    kafka.completeNext();
    assertThat(put).succeedsWithin(LIMIT);
    assertThat(kafka.history().getFirst().topic()).isEqualTo("dead");
  }

  @Test
  void what_kafka_did_not_take_is_tried_until_it_does() {
    CompletableFuture<Void> put = put(1);
    for (int tries = 1; tries <= 3; tries++) {
      awaitSent(tries);
      kafka.errorNext(new TimeoutException("away"));
    }
    awaitSent(4);
    assertThat(put).isNotDone();
    kafka.completeNext();
    assertThat(put).succeedsWithin(LIMIT);
    assertThat(sent()).containsExactly(1L, 1L, 1L, 1L);
  }

  @Test
  void a_producer_that_throws_is_tried_again_too() {
    kafka.sendException = new TimeoutException("no metadata");
    CompletableFuture<Void> put = put(1);
    await().atMost(LIMIT).until(() -> asked.get() > 2);
    kafka.sendException = null;
    awaitSent(1);
    kafka.completeNext();
    assertThat(put).succeedsWithin(LIMIT);
  }

  @Test
  void beyond_the_bound_none_is_taken_and_who_put_it_hears_so() {
    CompletableFuture<Void> first = put(0);
    awaitSent(1); // It waits for Kafka now, and the others wait for it.
    List<CompletableFuture<Void>> waiting = List.of(put(1), put(2), put(3));
    assertThat(put(4))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(CommandLogAwayException.class);
    kafka.completeNext();
    awaitSent(4);
    kafka.completeNext();
    kafka.completeNext();
    kafka.completeNext();
    assertThat(first).succeedsWithin(LIMIT);
    assertThat(waiting).allSatisfy(each -> assertThat(each).succeedsWithin(LIMIT));
    assertThat(sent()).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void who_waits_when_the_service_ends_hears_that_it_was_not_taken() {
    CompletableFuture<Void> sent = put(1);
    awaitSent(1);
    CompletableFuture<Void> waiting = put(2);
    quarantine.close();
    for (CompletableFuture<Void> each : List.of(sent, waiting, put(3))) {
      assertThat(each)
          .failsWithin(LIMIT)
          .withThrowableThat()
          .withCauseInstanceOf(CommandLogAwayException.class);
    }
  }

  @Test
  void they_are_counted_by_cause() {
    assertThat(List.of(put(1), put(2))).hasSize(2);
    assertThat(
            meters
                .get("bluetick.mailbox.quarantined")
                .tag("cause", "IllegalStateException")
                .counter()
                .count())
        .isEqualTo(2);
  }
}
