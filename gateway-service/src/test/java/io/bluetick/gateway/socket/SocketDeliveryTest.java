package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.bluetick.gateway.session.SessionsForTests;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.Acknowledge;
import io.bluetick.protocol.v1.CaughtUp;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.DeliverReceipts;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.Drained;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Message;
import io.bluetick.protocol.v1.Ping;
import io.bluetick.protocol.v1.Pong;
import io.bluetick.protocol.v1.Receipt;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.Route;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.StoredMessage;
import io.bluetick.protocol.v1.Target;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketDeliveryTest {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final long ACKNOWLEDGED = 1_000;

  private final DeviceAddress bob = new DeviceAddress(AccountId.random(new SecureRandom()), 0);
  private final DeviceAddress alice = new DeviceAddress(AccountId.random(new SecureRandom()), 3);
  private final StaticKeys key = TestDevice.newKey();
  private final TestGateway gateway =
      new TestGateway(
          SessionsForTests.firstUse(),
          Map.of("bluetick.socket.write-limit-bytes", 16_384),
          Map.of(ChannelOption.SO_SNDBUF, 8_192));
  private TestDevice device = new TestDevice(gateway.port(), gateway.publicKey(), key);
  private Route route = Route.getDefaultInstance();

  SocketDeliveryTest() throws IOException {}

  @BeforeEach
  void open() throws IOException {
    device.close();
    device = TestDevice.open(gateway, bob, key, ACKNOWLEDGED);
    route =
        gateway
            .mailbox
            .commands(MailboxCommand::hasDeviceOnline)
            .getFirst()
            .getDeviceOnline()
            .getRoute();
  }

  @AfterEach
  void close() throws IOException {
    device.close();
    gateway.close();
  }

  private Delivery.Builder to(long sequence, long previous) {
    return Delivery.newBuilder()
        .addTargets(
            Target.newBuilder()
                .setConnection(route.getConnection())
                .setEpoch(route.getEpoch())
                .setSequence(sequence)
                .setPrevious(previous));
  }

  private Delivery.Builder message(long sequence, long previous, long counter, int bytes) {
    return to(sequence, previous)
        .setMessage(
            StoredMessage.newBuilder()
                .setFrom(alice.toProto())
                .setCounter(counter)
                .setTimeMs(1_700_000_000_000L + counter)
                .setCiphertext(ByteString.copyFrom(new byte[bytes])));
  }

  private Message next() throws IOException {
    return device.expect(ServerFrameType.MESSAGE, Message.parser());
  }

  private int resumes() {
    return gateway.mailbox.commands(MailboxCommand::hasResume).size();
  }

  @Test
  void a_sender_is_named_once_and_then_by_its_alias() throws IOException {
    gateway.deliver(message(1_010, 0, 1, 10), message(1_013, 1_010, 2, 10));
    Message first = next();
    assertThat(first.getSequenceDelta()).isEqualTo(10);
    assertThat(first.getAccount()).isEqualTo(alice.account().bytes());
    assertThat(first.getDevice()).isEqualTo(3);
    assertThat(first.getFrom()).isEqualTo(1);
    Message second = next();
    assertThat(second.getSequenceDelta()).isEqualTo(3);
    assertThat(second.getTimeDeltaMs()).isEqualTo(1);
    assertThat(second.getAccount()).isEmpty();
    assertThat(second.getFrom()).isEqualTo(1);
    assertThat(second.getCounter()).isEqualTo(2);
  }

  @Test
  void a_repeated_hand_off_is_written_once() throws IOException {
    gateway.deliver(message(1_010, 0, 1, 10), message(1_010, 0, 1, 10));
    gateway.deliver(message(1_005, 0, 9, 10), message(1_020, 1_010, 2, 10));
    assertThat(next().getCounter()).isEqualTo(1);
    assertThat(next().getCounter()).isEqualTo(2);
  }

  @Test
  void what_lies_behind_a_gap_is_not_written_and_the_mailbox_is_asked_once() throws IOException {
    gateway.deliver(message(1_010, 0, 1, 10));
    gateway.deliver(message(1_030, 1_020, 3, 10), message(1_040, 1_030, 4, 10));
    assertThat(next().getCounter()).isEqualTo(1);
    await().atMost(LIMIT).until(() -> resumes() == 1);
    gateway.deliver(
        message(1_020, 1_010, 2, 10), message(1_030, 1_020, 3, 10), message(1_040, 1_030, 4, 10));
    assertThat(next().getCounter()).isEqualTo(2);
    assertThat(next().getCounter()).isEqualTo(3);
    assertThat(next().getCounter()).isEqualTo(4);
    assertThat(resumes()).isEqualTo(1);
  }

  @Test
  void a_hand_off_for_another_epoch_or_a_connection_that_is_gone_meets_nobody() throws IOException {
    Delivery.Builder late = message(1_010, 0, 1, 10);
    late.getTargetsBuilder(0).setEpoch(route.getEpoch() - 1);
    Delivery.Builder lost = message(1_010, 0, 1, 10);
    lost.getTargetsBuilder(0).setConnection(route.getConnection() + 1);
    gateway.deliver(late, lost, message(1_010, 0, 2, 10));
    assertThat(next().getCounter()).isEqualTo(2);
    assertThat(gateway.counted("bluetick.socket.undeliverable")).isEqualTo(2);
  }

  @Test
  void receipts_and_drained_arrive() throws IOException {
    gateway.deliver(
        to(1_010, 0)
            .setReceipts(
                DeliverReceipts.newBuilder()
                    .setFrom(alice.toProto())
                    .setKind(ReceiptKind.READ)
                    .addCounters(5)
                    .addCounters(6)),
        to(0, 0).setDrained(CaughtUp.getDefaultInstance()));
    Receipt receipt = device.expect(ServerFrameType.RECEIPT, Receipt.parser());
    assertThat(receipt.getCountersList()).containsExactly(5L, 6L);
    assertThat(receipt.getSequenceDelta()).isEqualTo(10);
    device.expect(ServerFrameType.DRAINED, Drained.parser());
  }

  @Test
  void acknowledgements_become_one_command_and_repeats_none() throws IOException {
    gateway.deliver(message(1_010, 0, 1, 10), message(1_020, 1_010, 2, 10));
    next();
    next();
    device.sendTogether(
        ClientFrameType.ACKNOWLEDGE,
        Acknowledge.newBuilder().setUpTo(1_010).build(),
        Acknowledge.newBuilder().setUpTo(1_020).build(),
        Acknowledge.newBuilder().setUpTo(1_010).build());
    device.send(ClientFrameType.PING, Ping.newBuilder().setNumber(1).build());
    device.expect(ServerFrameType.PONG, Pong.parser());
    assertThat(gateway.mailbox.commands(MailboxCommand::hasAcknowledge))
        .last()
        .satisfies(command -> assertThat(command.getAcknowledge().getUpTo()).isEqualTo(1_020));
    assertThat(gateway.mailbox.commands(MailboxCommand::hasAcknowledge)).hasSizeLessThan(3);
  }

  @Test
  void acknowledging_what_was_not_delivered_here_is_ignored() throws IOException {
    device.send(
        ClientFrameType.ACKNOWLEDGE, Acknowledge.newBuilder().setUpTo(ACKNOWLEDGED + 1).build());
    device.send(ClientFrameType.PING, Ping.newBuilder().setNumber(1).build());
    device.expect(ServerFrameType.PONG, Pong.parser());
    assertThat(gateway.mailbox.commands(MailboxCommand::hasAcknowledge)).isEmpty();
  }

  @Test
  void a_slow_socket_is_bounded_and_resumes_when_it_has_drained() throws IOException {
    int bytes = 8_000;
    int sent = 400; // More than the kernel's buffers and our own bound can hold.
    for (int i = 1; i <= sent; i++) {
      gateway.deliver(message(ACKNOWLEDGED + i, i == 1 ? 0 : ACKNOWLEDGED + i - 1, i, bytes));
    }
    await().atMost(LIMIT).until(() -> gateway.counted("bluetick.socket.slow") > 0);
    CompletableFuture<Void> mailbox =
        CompletableFuture.runAsync(() -> {
          await().atMost(LIMIT).until(() -> resumes() > 0);
          for (int i = 1; i <= sent; i++) {
            gateway.deliver(message(ACKNOWLEDGED + i, i == 1 ? 0 : ACKNOWLEDGED + i - 1, i, 10));
          }
        });
    long last = 0;
    while (last < sent) {
      long counter = next().getCounter();
      assertThat(counter).isEqualTo(last + 1);
      last = counter;
    }
    mailbox.join();
  }

  @Test
  void a_value_of_the_future_arrives() throws IOException {
    Delivery.Builder future = message(1_010, 0, 1, 10);
    future.getMessageBuilder().setKindValue(77).setPriorityValue(78);
    gateway.deliver(future);
    Message told = next();
    assertThat(told.getKindValue()).isEqualTo(77);
    assertThat(told.getPriorityValue()).isEqualTo(78);
  }

  @Test
  void drained_behind_a_gap_is_not_written_and_the_mailbox_is_asked() throws IOException {
    gateway.deliver(to(0, 1_010).setDrained(CaughtUp.getDefaultInstance()));
    await().atMost(LIMIT).until(() -> resumes() == 1);
    gateway.deliver(
        message(1_010, 0, 1, 10), to(0, 1_010).setDrained(CaughtUp.getDefaultInstance()));
    assertThat(next().getCounter()).isEqualTo(1);
    device.expect(ServerFrameType.DRAINED, Drained.parser());
    assertThat(resumes()).isEqualTo(1);
  }

  @Test
  void a_stanza_that_cannot_be_told_sends_its_device_away() throws IOException {
    gateway.deliver(to(1_010, 0));
    RawSocket.Frame close = device.readFrame();
    assertThat(close.closeCode()).isEqualTo(4503);
    assertThat(close.closeReason()).startsWith("go-away ");
    assertThat(gateway.counted("bluetick.socket.undeliverable")).isEqualTo(1);
  }

  @Test
  void a_stanza_of_a_sender_without_an_id_sends_its_device_away() throws IOException {
    Delivery.Builder bad = message(1_010, 0, 1, 10);
    bad.getMessageBuilder().getFromBuilder().setAccount(ByteString.EMPTY);
    gateway.deliver(bad);
    assertThat(device.readFrame().closeCode()).isEqualTo(4503);
  }

  @Test
  void what_cannot_be_told_and_has_no_sequence_is_dropped() throws IOException {
    gateway.deliver(to(0, 0), message(1_010, 0, 1, 10));
    assertThat(next().getCounter()).isEqualTo(1);
  }

  @Test
  void a_socket_that_is_slow_twice_within_seconds_is_resumed_twice() {
    gateway.sockets.forEach(connection -> {
      Session session = Objects.requireNonNull(EmbeddedDevice.sessionOf(connection));
      session.lagging = true;
      connection.onWritable();
      session.lagging = true;
      connection.onWritable();
    });
    await().atMost(LIMIT).until(() -> resumes() == 1);
    await().atMost(LIMIT).until(() -> resumes() == 2);
  }
}
