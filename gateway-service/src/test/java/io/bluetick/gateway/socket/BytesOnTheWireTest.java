package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.gateway.session.SessionsForTests;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Sequence;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.Accepted;
import io.bluetick.protocol.v1.Acknowledge;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.DeliverReceipts;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.Message;
import io.bluetick.protocol.v1.Receipt;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.Route;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.StoredMessage;
import io.bluetick.protocol.v1.Target;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a 1:1 message costs on the sockets, counted there: WebSocket header, mask, Noise tag and
 * all. In steady state: the aliases are known, counters have grown to three bytes, and in the log
 * some thousand records lie between one stanza of a mailbox and the next.
 */
class BytesOnTheWireTest {
  private static final Logger LOG = LoggerFactory.getLogger(BytesOnTheWireTest.class);

  private static final int LIMIT_BYTES = 40;
  private static final int CIPHERTEXT_BYTES = 180;
  private static final int WHOLE_LIMIT_BYTES = 560;
  private static final long COUNTER = 1_000_000;
  private static final long RECORDS_BETWEEN = 5_000;

  private final DeviceAddress alice = new DeviceAddress(AccountId.random(new SecureRandom()), 0);
  private final DeviceAddress bob = new DeviceAddress(AccountId.random(new SecureRandom()), 0);
  private final StaticKeys key = TestDevice.newKey();
  private final TestGateway gateway = new TestGateway(SessionsForTests.firstUse(), Map.of());
  private final Map<String, Long> table = new LinkedHashMap<>();

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void a_message_its_tick_its_acknowledgement_and_its_receipt_stay_below_their_limits()
      throws IOException {
    try (TestDevice sender = TestDevice.open(gateway, alice, key);
        TestDevice recipient = TestDevice.open(gateway, bob, TestDevice.newKey())) {
      // The first of each defines the aliases; the second is the steady state.
      for (int round = 0; round < 2; round++) {
        table.clear();
        send(sender, round);
        deliver(recipient, round);
        receipt(sender, round);
      }
    }
    table.forEach((what, bytes) -> LOG.info("{} {} bytes", String.format("%-28s", what), bytes));
    long whole = table.values().stream().mapToLong(Long::longValue).sum();
    LOG.info("all of it, with two ciphertexts of {}: {} bytes", CIPHERTEXT_BYTES, whole);
    table.forEach((what, bytes) -> {
      long content = what.startsWith("message") ? CIPHERTEXT_BYTES : 0;
      assertThat(bytes - content).as(what).isLessThanOrEqualTo(LIMIT_BYTES);
    });
    assertThat(table).hasSize(5);
    assertThat(whole).isLessThanOrEqualTo(WHOLE_LIMIT_BYTES);
  }

  private void send(TestDevice sender, int round) throws IOException {
    SendToAccount.Builder send =
        SendToAccount.newBuilder()
            .setCounter(COUNTER + round)
            .setTo(1)
            .addDevices(DeviceCiphertext.newBuilder().setCiphertext(ciphertext()));
    if (round == 0) {
      send.setAccount(bob.account().bytes()).setListVersion(1);
    }
    long before = sender.bytesWritten();
    sender.send(ClientFrameType.SEND_TO_ACCOUNT, send.build());
    table.put("message up", sender.bytesWritten() - before);
    before = sender.bytesRead();
    sender.expect(ServerFrameType.ACCEPTED, Accepted.parser());
    table.put("tick", sender.bytesRead() - before);
  }

  private void deliver(TestDevice recipient, int round) throws IOException {
    long sequence = sequence(round);
    gateway.deliver(
        to(bob, sequence)
            .setMessage(
                StoredMessage.newBuilder()
                    .setFrom(alice.toProto())
                    .setCounter(COUNTER + round)
                    .setTimeMs(System.currentTimeMillis() + round * 600_000L)
                    .setCiphertext(ciphertext())));
    long before = recipient.bytesRead();
    recipient.expect(ServerFrameType.MESSAGE, Message.parser());
    table.put("message down", recipient.bytesRead() - before);
    before = recipient.bytesWritten();
    recipient.send(ClientFrameType.ACKNOWLEDGE, Acknowledge.newBuilder().setUpTo(sequence).build());
    table.put("acknowledgement", recipient.bytesWritten() - before);
  }

  private void receipt(TestDevice sender, int round) throws IOException {
    gateway.deliver(
        to(alice, sequence(round))
            .setReceipts(
                DeliverReceipts.newBuilder()
                    .setFrom(bob.toProto())
                    .setKind(ReceiptKind.DELIVERED)
                    .addCounters(COUNTER + round)
                    .setTimeMs(System.currentTimeMillis() + round * 600_000L)));
    long before = sender.bytesRead();
    sender.expect(ServerFrameType.RECEIPT, Receipt.parser());
    table.put("receipt", sender.bytesRead() - before);
  }

  private static long sequence(int round) {
    return Sequence.of(0, 3_000_000_000L + round * RECORDS_BETWEEN, 100 * round);
  }

  private Delivery.Builder to(DeviceAddress device, long sequence) {
    Route route =
        gateway
            .mailbox
            .commands(command ->
                command.hasDeviceOnline() && command.getActor().equals(device.account().bytes()))
            .getFirst()
            .getDeviceOnline()
            .getRoute();
    return Delivery.newBuilder()
        .addTargets(
            Target.newBuilder()
                .setConnection(route.getConnection())
                .setEpoch(route.getEpoch())
                .setSequence(sequence));
  }

  private static ByteString ciphertext() {
    byte[] bytes = new byte[CIPHERTEXT_BYTES];
    new SecureRandom().nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
