package io.bluetick.message.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.devstack.Backend;
import io.bluetick.message.mailbox.Effect;
import io.bluetick.message.quarantine.QuarantineEntry.State;
import io.bluetick.platform.kafka.KafkaSettings;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Partitions;
import io.bluetick.protocol.Topics;
import io.bluetick.protocol.v1.AcknowledgeUpTo;
import io.bluetick.protocol.v1.FanOut;
import io.bluetick.protocol.v1.MailboxBatch;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.MailboxCommand.CommandCase;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/** Over a real Kafka; other tests of this build use the topic too. */
@Backends({Backend.KAFKA, Backend.CASSANDRA, Backend.REDIS})
@ServiceTest
class QuarantineLogTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final AccountId actor = AccountId.random(new SecureRandom());
  private final long sequence = actor.low() >>> 8;
  private final KafkaProperties kafka;
  private final KafkaSettings deployment;
  private final TopicPlan plan;
  private final Quarantine quarantine;
  private final QuarantineLog log;

  QuarantineLogTest(
      @Autowired KafkaProperties kafka,
      @Autowired KafkaSettings deployment,
      @Autowired TopicPlan plan,
      @Autowired Quarantine quarantine,
      @Autowired QuarantineLog log) {
    this.kafka = kafka;
    this.deployment = deployment;
    this.plan = plan;
    this.quarantine = quarantine;
    this.log = log;
  }

  private MailboxCommand command() {
    return MailboxCommand.newBuilder()
        .setActor(actor.bytes())
        .setAcknowledge(AcknowledgeUpTo.newBuilder().setUpTo(sequence))
        .build();
  }

  private QuarantineEntry put(MailboxCommand command) {
    Effect.Quarantine failed =
        new Effect.Quarantine(sequence, command, "java.lang.IllegalStateException: x");
    assertThat(quarantine.put(3, failed).toCompletableFuture()).succeedsWithin(LIMIT);
    return ours(log).getFirst();
  }

  private List<QuarantineEntry> ours(QuarantineLog seen) {
    return seen.page(Long.MAX_VALUE, 1_000, null).stream()
        .filter(entry -> entry.sequence() == sequence)
        .toList();
  }

  /** As another instance of the service sees it. */
  private QuarantineLog elsewhere() {
    return new QuarantineLog(
        new TopicPartition(plan.name(Topics.MAILBOX_DEAD), 0),
        this::consumer,
        new CommandLog("unused", "unused", QuarantineConfiguration.producers(kafka), LIMIT),
        deployment.partitions(),
        new QuarantineSettings(1, LIMIT, 10_000, LIMIT),
        Clock.systemUTC());
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> config = kafka.buildConsumerProperties();
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** What a partition of the mailbox topic has gained since an offset. */
  private List<MailboxCommand> mailbox(int partition, long from) throws Exception {
    TopicPartition topic = new TopicPartition(plan.name(Topics.MAILBOX), partition);
    List<MailboxCommand> commands = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      consumer.assign(List.of(topic));
      consumer.seek(topic, from);
      while (consumer.position(topic) < end(partition)) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(LIMIT)) {
          commands.addAll(MailboxBatch.parseFrom(record.value()).getCommandsList());
        }
      }
    }
    return commands;
  }

  private long end(int partition) {
    TopicPartition topic = new TopicPartition(plan.name(Topics.MAILBOX), partition);
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      return consumer.endOffsets(List.of(topic)).getOrDefault(topic, 0L);
    }
  }

  @Test
  void a_failed_command_is_listed_once_however_often_it_is_put_and_by_every_instance() {
    QuarantineEntry entry = put(command());
    put(command());
    assertThat(ours(log)).containsExactly(entry);
    assertThat(ours(elsewhere())).containsExactly(entry);
    assertThat(entry.partition()).isEqualTo(3);
    assertThat(entry.actorHex()).isEqualTo(actor.toString());
    assertThat(entry.kind()).isEqualTo(CommandCase.ACKNOWLEDGE);
    assertThat(entry.state()).isEqualTo(State.WAITING);
  }

  @Test
  void a_replayed_one_is_in_its_actors_partition_again_and_marked_for_every_instance()
      throws Exception {
    QuarantineEntry entry = put(command());
    int partition = Partitions.of(actor, deployment.partitions());
    long before = end(partition);
    assertThat(log.replay(entry.id(), "ann").state()).isEqualTo(State.REPLAYED);
    assertThat(mailbox(partition, before)).containsExactly(command());
    assertThat(ours(elsewhere()))
        .extracting(QuarantineEntry::state)
        .containsExactly(State.REPLAYED);
  }

  @Test
  void one_for_many_is_replayed_where_it_was() throws Exception {
    MailboxCommand many =
        MailboxCommand.newBuilder()
            .setFanOut(FanOut.newBuilder().addMembers(actor.bytes()))
            .build();
    QuarantineEntry entry = put(many);
    assertThat(entry.actorHex()).isEmpty();
    long before = end(3);
    log.replay(entry.id(), "ann");
    assertThat(mailbox(3, before)).containsExactly(many);
  }

  @Test
  void what_is_decided_is_decided() throws Exception {
    QuarantineEntry entry = put(command());
    int partition = Partitions.of(actor, deployment.partitions());
    long before = end(partition);
    assertThat(log.discard(entry.id(), "ann").state()).isEqualTo(State.DISCARDED);
    assertCode(() -> log.replay(entry.id(), "bob"), ErrorCode.CONFLICT);
    assertCode(() -> log.discard(entry.id(), "bob"), ErrorCode.CONFLICT);
    assertThat(mailbox(partition, before)).isEmpty();
  }

  @Test
  void nothing_is_decided_about_what_is_not_there() {
    assertCode(() -> log.replay(Long.MAX_VALUE / 2, "ann"), ErrorCode.NOT_FOUND);
    assertCode(() -> log.discard(Long.MAX_VALUE / 2, "ann"), ErrorCode.NOT_FOUND);
  }

  @Test
  void one_that_was_too_large_to_be_kept_cannot_be_replayed() {
    MailboxCommand nothing = MailboxCommand.newBuilder().setActor(actor.bytes()).build();
    QuarantineEntry entry = put(nothing);
    assertCode(() -> log.replay(entry.id(), "ann"), ErrorCode.CONFLICT);
  }

  private static void assertCode(Runnable act, ErrorCode code) {
    assertThatThrownBy(act::run)
        .isInstanceOfSatisfying(BluetickException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
