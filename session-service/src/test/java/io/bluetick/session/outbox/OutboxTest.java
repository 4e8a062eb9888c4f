package io.bluetick.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Partitions;
import io.bluetick.protocol.TopicSpec;
import io.bluetick.protocol.Topics;
import io.bluetick.protocol.v1.AccountEvent;
import io.bluetick.protocol.v1.ChangeKind;
import io.bluetick.protocol.v1.ListChanged;
import io.bluetick.protocol.v1.MailboxBatch;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Purge;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.TestDevice;
import io.bluetick.session.number.PhoneNumber;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class OutboxTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int PARTITIONS = 8;

  private final AccountId id = TestDevice.newAccountId();
  private final TestDevice phone = TestDevice.generate();

  private final Accounts accounts;
  private final ConsumerFactory<byte[], byte[]> consumers;
  private final TopicPlan plan;

  OutboxTest(
      @Autowired Accounts accounts,
      @Autowired ConsumerFactory<byte[], byte[]> consumers,
      @Autowired TopicPlan plan) {
    this.accounts = accounts;
    this.consumers = consumers;
    this.plan = plan;
  }

  @Test
  void mailboxes_and_services_hear_of_an_account_and_the_outbox_is_empty_then(
      @Autowired JdbcClient sql) throws Exception {
    accounts.register(
        id, PhoneNumber.parse(TestDevice.newNumber()), phone.asNew(), phone.sign(id, 1, Map.of()));
    accounts.delete(id);
    List<MailboxCommand> commands = new ArrayList<>();
    for (byte[] value : read(Topics.MAILBOX, 2)) {
      commands.addAll(MailboxBatch.parseFrom(value).getCommandsList());
    }
    ListChanged changed =
        ListChanged.newBuilder()
            .setKind(ChangeKind.DEVICE_LIST)
            .setSubject(id.bytes())
            .setVersion(1)
            .build();
    MailboxCommand.Builder command = MailboxCommand.newBuilder().setActor(id.bytes());
    assertThat(commands)
        .containsExactlyInAnyOrder(
            command.setListChanged(changed).build(),
            command.setPurge(Purge.getDefaultInstance()).build());
    List<AccountEvent.EventCase> events = new ArrayList<>();
    for (byte[] value : read(Topics.ACCOUNTS, 2)) {
      events.add(AccountEvent.parseFrom(value).getEventCase());
    }
    assertThat(events)
        .containsExactlyInAnyOrder(
            AccountEvent.EventCase.REGISTERED, AccountEvent.EventCase.DELETED);
    await()
        .atMost(BOUND)
        .untilAsserted(() ->
            assertThat(
                    sql.sql(
                            "SELECT count(*) FROM event_publication"
                                + " WHERE serialized_event LIKE ?")
                        .param("%" + id + "%")
                        .query(Long.class)
                        .single())
                .isZero());
  }

  /** What concerns this test's account. */
  private List<byte[]> read(TopicSpec topic, int atLeast) {
    TopicPartition partition = new TopicPartition(plan.name(topic), Partitions.of(id, PARTITIONS));
    List<byte[]> values = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumers.createConsumer("outbox-test", "")) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      await()
          .atMost(BOUND)
          .until(() -> {
            consumer
                .poll(Duration.ofMillis(200))
                .forEach(record -> {
                  if (isOfThisTest(record.value())) {
                    values.add(record.value());
                  }
                });
            return values.size() >= atLeast;
          });
    }
    return values;
  }

  private boolean isOfThisTest(byte[] value) {
    return ByteString.copyFrom(value)
        .toString(StandardCharsets.ISO_8859_1)
        .contains(id.bytes().toString(StandardCharsets.ISO_8859_1));
  }
}
