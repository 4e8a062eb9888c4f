package io.bluetick.message.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.bluetick.devstack.Backend;
import io.bluetick.message.inbox.Inbox;
import io.bluetick.message.inbox.Waiting;
import io.bluetick.message.owner.GatewayForTests.Connection;
import io.bluetick.platform.kafka.KafkaSettings;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import io.bluetick.testkit.service.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.test.context.TestPropertySource;

/**
 * The mailboxes at work over real backends; what gateways do is done by hand. Checkpoints are rarer
 * than usual, so that "at once" is not a question of how busy the machine is.
 */
@Backends({Backend.KAFKA, Backend.CASSANDRA, Backend.REDIS})
@ServiceTest
@TestPropertySource(
    properties = {
      "bluetick.mailbox.checkpoint=4s",
      "spring.kafka.consumer.properties[session.timeout.ms]=6000",
      "spring.kafka.consumer.properties[heartbeat.interval.ms]=500"
    })
class MailboxesTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final GatewayForTests gateway;
  private final Owners mailboxes;
  private final Inbox inbox;
  private final CqlSession cassandra;
  private final Workplace work;
  private final ConsumerFactory<byte[], byte[]> consumers;
  private final KafkaSettings kafka;
  private final AccountId alice;
  private final AccountId bob;

  MailboxesTest(
      RunningBackends backends,
      @Autowired Owners mailboxes,
      @Autowired Inbox inbox,
      @Autowired CqlSession cassandra,
      @Autowired Workplace work,
      @Autowired ConsumerFactory<byte[], byte[]> consumers,
      @Autowired KafkaSettings kafka)
      throws Exception {
    this.gateway = new GatewayForTests(backends);
    this.mailboxes = mailboxes;
    this.inbox = inbox;
    this.cassandra = cassandra;
    this.work = work;
    this.consumers = consumers;
    this.kafka = kafka;
    this.alice = gateway.account(0);
    this.bob = gateway.account(0);
  }

  @BeforeEach
  void run() {
    if (!mailboxes.isRunning()) {
      mailboxes.start();
    }
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void a_message_reaches_its_device_and_its_receipt_the_sender() throws Exception {
    Connection hers = gateway.online(alice, 0, 0);
    Connection his = gateway.online(bob, 0, 0);
    gateway.message(alice, bob, 1);
    awaitCounters(his, 1);
    gateway.acknowledge(bob, 0, gateway.lastSequence(his));
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(gateway.handedTo(hers))
                .anySatisfy(each -> {
                  assertThat(each.content().getReceipts().getKind())
                      .isEqualTo(ReceiptKind.DELIVERED);
                  assertThat(each.content().getReceipts().getCountersList()).containsExactly(1L);
                }));
  }

  @Test
  void what_comes_for_a_device_that_is_away_waits_in_the_inbox() throws Exception {
    for (long counter = 1; counter <= 300; counter++) {
      gateway.message(alice, bob, counter);
    }
    await().atMost(LIMIT).until(() -> rows(bob) == 300);
    Connection his = gateway.online(bob, 0, 0);
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(gateway.countersHandedTo(his)).hasSize(256));
    gateway.acknowledge(bob, 0, gateway.lastSequence(his));
    awaitCounters(his, LongStream.rangeClosed(1, 300).toArray());
    gateway.acknowledge(bob, 0, gateway.lastSequence(his));
    await().atMost(LIMIT).until(() -> rows(bob) == 0);
  }

  @Test
  void what_is_acknowledged_at_once_never_touches_the_inbox() throws Exception {
    Connection hers = gateway.online(alice, 0, 0);
    Connection his = gateway.online(bob, 0, 0);
    for (long counter = 1; counter <= 20; counter++) {
      gateway.message(alice, bob, counter);
      long it = counter;
      await().atMost(LIMIT).until(() -> gateway.countersHandedTo(his).contains(it));
      gateway.acknowledge(bob, 0, gateway.lastSequence(his));
      await().atMost(LIMIT).until(() -> hasReceipt(hers, it));
    }
    mailboxes.stop();
    assertThat(
            cassandra
                .execute(
                    "SELECT account FROM inbox_days WHERE account = ?",
                    new UUID(bob.high(), bob.low()))
                .all())
        .isEmpty();
  }

  @Test
  void a_restart_loses_nothing_and_goes_on_where_it_was() throws Exception {
    Connection his = gateway.online(bob, 0, 0);
    gateway.message(alice, bob, 1);
    awaitCounters(his, 1);
    mailboxes.stop();
    gateway.message(alice, bob, 2);
    mailboxes.start();
    awaitCounters(his, 1, 2);
    gateway.acknowledge(bob, 0, gateway.lastSequence(his));
    await().atMost(LIMIT).until(() -> rows(bob) == 0);
  }

  @Test
  void partitions_move_to_a_second_process_and_back_without_a_loss() throws Exception {
    Map<AccountId, Connection> recipients = new LinkedHashMap<>();
    for (int i = 0; i < 16; i++) {
      AccountId account = gateway.account(0);
      recipients.put(account, gateway.online(account, 0, 0));
    }
    sendToAll(recipients, 1, 10);
    Owner second = new Owner(work, () -> consumer("m2-0"));
    Thread thread = Thread.ofPlatform().start(second);
    sendToAll(recipients, 11, 20);
    await().atMost(LIMIT).until(() -> second.partitions() == 4);
    sendToAll(recipients, 21, 30);
    second.stop();
    thread.join(LIMIT);
    assertThat(second.state()).isEqualTo(Owner.State.STOPPED);
    sendToAll(recipients, 31, 40);
    for (Connection connection : recipients.values()) {
      awaitCounters(connection, LongStream.rangeClosed(1, 40).toArray());
    }
  }

  private void sendToAll(Map<AccountId, Connection> recipients, long from, long to)
      throws Exception {
    for (long counter = from; counter <= to; counter++) {
      for (AccountId recipient : recipients.keySet()) {
        gateway.message(alice, recipient, counter);
      }
    }
  }

  private Consumer<byte[], byte[]> consumer(String instance) {
    Properties own = new Properties();
    own.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, instance);
    return consumers.createConsumer(MailboxGroup.name(kafka), instance, null, own);
  }

  @Test
  void a_record_that_nobody_understands_does_not_stop_its_neighbours() throws Exception {
    Connection his = gateway.online(bob, 0, 0);
    gateway.append(bob, "no protobuf".getBytes(StandardCharsets.UTF_8));
    gateway.message(alice, bob, 1);
    awaitCounters(his, 1);
  }

  @Test
  void what_comes_for_an_account_that_nobody_knows_waits_and_its_neighbours_do_not()
      throws Exception {
    AccountId unknown = gateway.unknown();
    Connection his = gateway.online(bob, 0, 0);
    gateway.message(alice, unknown, 1);
    for (long counter = 1; counter <= 8; counter++) {
      gateway.message(alice, bob, counter);
    }
    awaitCounters(his, LongStream.rangeClosed(1, 8).toArray());
    mailboxes.stop();
    mailboxes.start();
    gateway.become(unknown, 0);
    Connection known = gateway.online(unknown, 0, 0);
    awaitCounters(known, 1);
  }

  @Test
  void of_a_delivered_message_nothing_is_left_in_kafka_or_redis() throws Exception {
    Connection his = gateway.online(bob, 0, 0);
    byte[] ciphertext = gateway.secret(alice, bob, 1);
    awaitCounters(his, 1);
    gateway.acknowledge(bob, 0, gateway.lastSequence(his));
    assertThat(gateway.kafkaFilesWith(ciphertext)).isNotEmpty();
    gateway.retain(Duration.ofSeconds(1));
    try {
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(() -> assertThat(gateway.kafkaFilesWith(ciphertext)).isEmpty());
    } finally {
      gateway.retain(Duration.ofHours(1));
    }
    assertThat(gateway.redisKeysWith(ciphertext)).isEmpty();
  }

  private boolean hasReceipt(Connection connection, long counter) {
    return gateway.handedTo(connection).stream()
        .anyMatch(each -> each.content().getReceipts().getCountersList().contains(counter));
  }

  private void awaitCounters(Connection connection, long... counters) {
    List<Long> expected = LongStream.of(counters).boxed().toList();
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(gateway.countersHandedTo(connection)).containsExactlyElementsOf(expected));
  }

  private long rows(AccountId account) {
    return inbox.waiting(account).toCompletableFuture().join().stream()
        .mapToLong(Waiting::rows)
        .sum();
  }
}
