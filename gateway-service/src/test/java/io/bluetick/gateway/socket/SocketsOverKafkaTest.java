package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.devstack.Backend;
import io.bluetick.platform.kafka.TopicPlan;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Partitions;
import io.bluetick.protocol.Topics;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.Accepted;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.MailboxBatch;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Message;
import io.bluetick.protocol.v1.OutboundBatch;
import io.bluetick.protocol.v1.Replaced;
import io.bluetick.protocol.v1.Route;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.StoredMessage;
import io.bluetick.protocol.v1.Target;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The whole gateway with real Kafka and Redis. */
@Backends({Backend.KAFKA, Backend.REDIS})
@ServiceTest
@TestPropertySource(properties = "bluetick.sessions.source=first-use")
class SocketsOverKafkaTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int PARTITIONS = 8;

  private final DeviceAddress alice = new DeviceAddress(AccountId.random(new SecureRandom()), 0);
  private final AccountId bob = AccountId.random(new SecureRandom());
  private final StaticKeys key = TestDevice.newKey();
  private final ConsumerFactory<byte[], byte[]> consumers;
  private final ProducerFactory<byte[], byte[]> producers;
  private final TopicPlan plan;
  private final int port;
  private byte[] serverKey = {};

  SocketsOverKafkaTest(
      @Autowired ConsumerFactory<byte[], byte[]> consumers,
      @Autowired ProducerFactory<byte[], byte[]> producers,
      @Autowired TopicPlan plan,
      @LocalServerPort int port) {
    this.consumers = consumers;
    this.producers = producers;
    this.plan = plan;
    this.port = port;
  }

  /** Ready, and with its key known, as a client would learn it. */
  @BeforeEach
  void awaitOpen() {
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> {
          String document = get("/.well-known/bluetick");
          String first =
              JsonMapper.shared().readTree(document).path("noise").path("keys").path(0).asString();
          serverKey = Base64.getDecoder().decode(first);
          DeviceAddress probe = new DeviceAddress(AccountId.random(new SecureRandom()), 0);
          TestDevice.open(port, serverKey, probe, TestDevice.newKey(), 0).close();
          return true;
        });
  }

  private String get(String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      return response.body();
    }
  }

  private TestDevice open() throws IOException {
    return TestDevice.open(port, serverKey, alice, key, 0);
  }

  /** All commands for an account that the log holds, in order. */
  private List<MailboxCommand> logged(AccountId account) throws InvalidProtocolBufferException {
    TopicPartition partition =
        new TopicPartition(plan.name(Topics.MAILBOX), Partitions.of(account, PARTITIONS));
    List<MailboxCommand> commands = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumers.createConsumer()) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          commands.addAll(MailboxBatch.parseFrom(record.value()).getCommandsList());
        }
      }
    }
    commands.removeIf(command -> !command.getActor().equals(account.bytes()));
    return commands;
  }

  private Route route() throws InvalidProtocolBufferException {
    return logged(alice.account()).stream()
        .filter(MailboxCommand::hasDeviceOnline)
        .map(command -> command.getDeviceOnline().getRoute())
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  @Test
  void a_ticked_message_is_in_the_log_in_the_order_of_its_sender() throws IOException {
    int messages = 500;
    try (TestDevice device = open()) {
      device.send(ClientFrameType.SEND_TO_ACCOUNT, Sends.first(1, bob).build());
      for (int counter = 2; counter <= messages; counter += 10) {
        device.sendTogether(
            ClientFrameType.SEND_TO_ACCOUNT,
            IntStream.range(counter, Math.min(counter + 10, messages + 1))
                .mapToObj(number -> Sends.again(number).build())
                .toArray(com.google.protobuf.MessageLite[]::new));
      }
      int ticked = 0;
      while (ticked < messages) {
        ticked += device.expect(ServerFrameType.ACCEPTED, Accepted.parser()).getCountersCount();
      }
      assertThat(logged(bob))
          .extracting(command -> command.getDeliver().getCounter())
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, messages).mapToObj(Long::valueOf).toList());
    }
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(logged(alice.account()))
                .extracting(MailboxCommand::getCommandCase)
                .containsExactly(
                    MailboxCommand.CommandCase.DEVICE_ONLINE,
                    MailboxCommand.CommandCase.DEVICE_OFFLINE));
  }

  @Test
  void what_is_handed_to_the_node_reaches_the_device() throws IOException {
    assertHandedOver();
  }

  private void assertHandedOver() throws IOException {
    try (TestDevice device = open()) {
      await().atMost(LIMIT).ignoreExceptions().until(() -> route() != null);
      Route route = route();
      hand(
          Delivery.newBuilder()
              .addTargets(
                  Target.newBuilder()
                      .setConnection(route.getConnection())
                      .setEpoch(route.getEpoch())
                      .setSequence(4_711))
              .setMessage(
                  StoredMessage.newBuilder()
                      .setFrom(new DeviceAddress(bob, 1).toProto())
                      .setCounter(5)
                      .setCiphertext(ByteString.copyFromUtf8("sealed"))));
      Message message = device.expect(ServerFrameType.MESSAGE, Message.parser());
      assertThat(message.getCiphertext().toStringUtf8()).isEqualTo("sealed");
      assertThat(message.getSequenceDelta()).isEqualTo(4_711);
      assertThat(message.getAccount()).isEqualTo(bob.bytes());
    }
  }

  @Test
  void a_batch_that_is_not_understood_does_not_stop_the_next() throws IOException {
    produce(new byte[] {-1, -1, -1});
    assertHandedOver();
  }

  @Test
  void a_newer_connection_displaces_the_older() throws IOException {
    try (TestDevice older = open();
        TestDevice newer = open()) {
      older.expect(ServerFrameType.REPLACED, Replaced.parser());
      assertThat(older.readClose().closeReason()).isEqualTo("replaced");
      assertThat(newer.bytesRead()).isPositive();
    }
  }

  private void hand(Delivery.Builder delivery) {
    produce(OutboundBatch.newBuilder().addDeliveries(delivery).build().toByteArray());
  }

  private void produce(byte[] batch) {
    try (var producer = producers.createNonTransactionalProducer()) {
      var _ =
          producer.send(
              new ProducerRecord<>(plan.name(Topics.outbound("g1")), 0, new byte[0], batch));
    }
  }
}
