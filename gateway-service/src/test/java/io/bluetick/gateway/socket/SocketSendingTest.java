package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.bluetick.gateway.session.SessionsForTests;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.Accepted;
import io.bluetick.protocol.v1.CallSignal;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Deliver;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.Refused;
import io.bluetick.protocol.v1.SendCallSignal;
import io.bluetick.protocol.v1.SendReceipts;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.SendToGroup;
import io.bluetick.protocol.v1.ServerFrameType;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketSendingTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final DeviceAddress alice = new DeviceAddress(AccountId.random(new SecureRandom()), 2);
  private final AccountId bob = AccountId.random(new SecureRandom());
  private final StaticKeys key = TestDevice.newKey();
  private final TestGateway gateway = new TestGateway(SessionsForTests.firstUse(), Map.of());
  private TestDevice device = new TestDevice(gateway.port(), gateway.publicKey(), key);

  SocketSendingTest() throws IOException {}

  @BeforeEach
  void open() throws IOException {
    device.close();
    device = TestDevice.open(gateway, alice, key);
  }

  @AfterEach
  void close() throws IOException {
    device.close();
    gateway.close();
  }

  private Accepted accepted() throws IOException {
    return device.expect(ServerFrameType.ACCEPTED, Accepted.parser());
  }

  private Refused refused() throws IOException {
    return device.expect(ServerFrameType.REFUSED, Refused.parser());
  }

  private List<Deliver> delivered() {
    return gateway.mailbox.commands(MailboxCommand::hasDeliver).stream()
        .map(MailboxCommand::getDeliver)
        .toList();
  }

  @Test
  void a_message_goes_to_its_mailbox_and_is_ticked() throws IOException {
    SendToAccount send =
        Sends.first(7, bob).setPriority(Priority.BACKGROUND).setTimeToLiveS(60).build();
    device.send(ClientFrameType.SEND_TO_ACCOUNT, send);
    Accepted tick = accepted();
    assertThat(tick.getCountersList()).containsExactly(7L);
    var command = gateway.mailbox.commands(MailboxCommand::hasDeliver).getFirst();
    assertThat(command.getActor()).isEqualTo(bob.bytes());
    Deliver deliver = command.getDeliver();
    assertThat(deliver.getFrom()).isEqualTo(alice.toProto().toBuilder().setRegistration(1).build());
    assertThat(deliver.getCounter()).isEqualTo(7);
    assertThat(deliver.getTimeMs()).isEqualTo(tick.getTimeMs());
    assertThat(deliver.getListVersion()).isEqualTo(3);
    assertThat(deliver.getDevicesList()).isEqualTo(send.getDevicesList());
    assertThat(deliver.getPriority()).isEqualTo(Priority.BACKGROUND);
    assertThat(deliver.getTimeToLiveS()).isEqualTo(60);
  }

  @Test
  void own_devices_get_their_copies_in_their_own_mailbox_and_the_tick_waits_for_both()
      throws IOException {
    gateway.mailbox.goAway();
    DeviceCiphertext copy =
        DeviceCiphertext.newBuilder().setDevice(0).setCiphertext(Sends.ciphertext()).build();
    device.send(
        ClientFrameType.SEND_TO_ACCOUNT,
        Sends.first(1, bob).addOwnDevices(copy).setOwnListVersion(12).build());
    await().atMost(LIMIT).until(() -> delivered().size() == 2);
    gateway.mailbox.comeBack();
    assertThat(accepted().getCountersList()).containsExactly(1L);
    var own = gateway.mailbox.commands(MailboxCommand::hasDeliver).getLast();
    assertThat(own.getActor()).isEqualTo(alice.account().bytes());
    assertThat(own.getDeliver().getListVersion()).isEqualTo(12);
    assertThat(own.getDeliver().getDevicesList()).containsExactly(copy);
    assertThat(own.getDeliver().getPriority()).isEqualTo(Priority.BACKGROUND);
  }

  @Test
  void a_group_message_goes_to_the_group() throws IOException {
    AccountId group = AccountId.random(new SecureRandom());
    ByteString ciphertext = Sends.ciphertext();
    device.send(
        ClientFrameType.SEND_TO_GROUP,
        SendToGroup.newBuilder()
            .setCounter(1)
            .setTo(5)
            .setGroup(group.bytes())
            .setMembershipVersion(8)
            .setCiphertext(ciphertext)
            .build());
    accepted();
    var command = gateway.mailbox.commands(MailboxCommand::hasDeliverToGroup).getFirst();
    assertThat(command.getActor()).isEqualTo(group.bytes());
    assertThat(command.getDeliverToGroup().getMembershipVersion()).isEqualTo(8);
    assertThat(command.getDeliverToGroup().getCiphertext()).isEqualTo(ciphertext);
  }

  @Test
  void read_receipts_go_to_the_sender_and_are_ticked_too() throws IOException {
    device.send(
        ClientFrameType.SEND_RECEIPTS,
        SendReceipts.newBuilder()
            .setCounter(1)
            .setAccount(bob.bytes())
            .setDevice(1)
            .setKind(ReceiptKind.READ)
            .addAllCounters(List.of(4L, 5L))
            .build());
    accepted();
    var receipts =
        gateway
            .mailbox
            .commands(MailboxCommand::hasDeliverReceipts)
            .getFirst()
            .getDeliverReceipts();
    assertThat(receipts.getFrom())
        .isEqualTo(alice.toProto().toBuilder().setRegistration(1).build());
    assertThat(receipts.getDevice()).isEqualTo(1);
    assertThat(receipts.getCountersList()).containsExactly(4L, 5L);
  }

  @Test
  void a_device_cannot_say_delivered() throws IOException {
    device.send(
        ClientFrameType.SEND_RECEIPTS,
        SendReceipts.newBuilder()
            .setCounter(1)
            .setAccount(bob.bytes())
            .setKind(ReceiptKind.DELIVERED)
            .addCounters(4)
            .build());
    Refused refused = refused();
    assertThat(refused.getCode()).isEqualTo("invalid");
    assertThat(refused.getDetail()).isEqualTo("kind");
    assertThat(refused.getCounter()).isEqualTo(1);
  }

  @Test
  void a_call_signal_goes_to_the_callee() throws IOException {
    device.send(
        ClientFrameType.SEND_CALL_SIGNAL,
        SendCallSignal.newBuilder()
            .setCounter(1)
            .setAccount(bob.bytes())
            .setCall(ByteString.copyFrom(new byte[16]))
            .setSignal(CallSignal.ANSWER)
            .addDevices(DeviceCiphertext.newBuilder().setCiphertext(Sends.ciphertext()))
            .build());
    accepted();
    var call = gateway.mailbox.commands(MailboxCommand::hasDeliverCall).getFirst();
    assertThat(call.getDeliverCall().getSignal()).isEqualTo(CallSignal.ANSWER);
  }

  @Test
  void own_copies_of_an_ephemeral_message_stay_ephemeral() throws IOException {
    device.send(
        ClientFrameType.SEND_TO_ACCOUNT,
        Sends.first(1, bob)
            .setPriority(Priority.EPHEMERAL)
            .addOwnDevices(DeviceCiphertext.newBuilder().setCiphertext(Sends.ciphertext()))
            .build());
    accepted();
    assertThat(delivered())
        .extracting(Deliver::getPriority)
        .containsExactly(Priority.EPHEMERAL, Priority.EPHEMERAL);
  }
}
