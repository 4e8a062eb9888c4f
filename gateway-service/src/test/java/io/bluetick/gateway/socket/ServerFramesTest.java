package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.bluetick.gateway.socket.ServerFrames.ServerFrame;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Wire;
import io.bluetick.protocol.v1.Call;
import io.bluetick.protocol.v1.CallSignal;
import io.bluetick.protocol.v1.CaughtUp;
import io.bluetick.protocol.v1.Change;
import io.bluetick.protocol.v1.ChangeKind;
import io.bluetick.protocol.v1.CiphertextKind;
import io.bluetick.protocol.v1.DeliverReceipts;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.DeviceId;
import io.bluetick.protocol.v1.DeviceMismatch;
import io.bluetick.protocol.v1.Devices;
import io.bluetick.protocol.v1.Displaced;
import io.bluetick.protocol.v1.Drained;
import io.bluetick.protocol.v1.ListChanged;
import io.bluetick.protocol.v1.Message;
import io.bluetick.protocol.v1.Presence;
import io.bluetick.protocol.v1.PresenceState;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.Receipt;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.Rejected;
import io.bluetick.protocol.v1.Rejection;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.StoredCall;
import io.bluetick.protocol.v1.StoredMessage;
import io.bluetick.protocol.v1.Target;
import io.bluetick.protocol.v1.TypingEvent;
import io.bluetick.protocol.v1.TypingNotice;
import io.bluetick.protocol.v1.TypingState;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerFramesTest {
  private static final long NOW_MS = 1_000_000;
  private static final ByteString TEXT = ByteString.copyFromUtf8("sealed");
  private static final int ALIASES = 127;

  private final AccountId bob = new AccountId(1, 2);
  private final DeviceAddress phone = new DeviceAddress(bob, 4);
  private final AccountId group = new AccountId(3, 4);
  private final Session session =
      new Session(new DeviceAddress(new AccountId(9, 9), 0), 1, 1, 100, NOW_MS);

  private static Delivery message(DeviceAddress from, ByteString group) {
    return Delivery.newBuilder()
        .setMessage(
            StoredMessage.newBuilder()
                .setFrom(from.toProto())
                .setCounter(5)
                .setTimeMs(NOW_MS + 3)
                .setCiphertext(TEXT)
                .setKind(CiphertextKind.PRE_KEY)
                .setGroup(group)
                .setPriority(Priority.BACKGROUND))
        .build();
  }

  private Message told(Delivery delivery, long sequence) {
    ServerFrame frame = ServerFrames.of(delivery, sequence, session);
    assertThat(frame.type()).isEqualTo(ServerFrameType.MESSAGE);
    return (Message) frame.message();
  }

  private void assertFrame(Delivery.Builder delivery, ServerFrameType type, Object message) {
    assertThat(ServerFrames.of(delivery.build(), 107, session))
        .isEqualTo(new ServerFrame(type, (com.google.protobuf.MessageLite) message));
  }

  @Test
  void a_message_names_its_sender_once() {
    Message.Builder expected =
        Message.newBuilder()
            .setSequenceDelta(7)
            .setTimeDeltaMs(3)
            .setFrom(1)
            .setAccount(bob.bytes())
            .setDevice(4)
            .setCounter(5)
            .setCiphertext(TEXT)
            .setKind(CiphertextKind.PRE_KEY)
            .setPriority(Priority.BACKGROUND);
    assertThat(told(message(phone, ByteString.EMPTY), 107)).isEqualTo(expected.build());
    expected.clearAccount().clearDevice().setSequenceDelta(1).setTimeDeltaMs(0);
    assertThat(told(message(phone, ByteString.EMPTY), 108)).isEqualTo(expected.build());
  }

  @Test
  void a_message_to_a_group_names_it_once_too() {
    Message first = told(message(phone, group.bytes()), 107);
    assertThat(first.getGroup()).isEqualTo(2);
    assertThat(first.getGroupId()).isEqualTo(group.bytes());
    Message second = told(message(phone, group.bytes()), 108);
    assertThat(second.getFrom()).isEqualTo(1);
    assertThat(second.getGroup()).isEqualTo(2);
    assertThat(second.getGroupId()).isEmpty();
  }

  @Test
  void sender_and_group_never_share_an_alias() {
    for (int number = 0; number < ALIASES; number++) {
      told(message(new DeviceAddress(new AccountId(5, number), 0), ByteString.EMPTY), 0);
    }
    // The oldest alias is the sender's, and next to be given anew.
    Message told = told(message(new DeviceAddress(new AccountId(5, 0), 0), group.bytes()), 0);
    assertThat(told.getFrom()).isNotEqualTo(told.getGroup());
    assertThat(told.getGroupId()).isEqualTo(group.bytes());
    Message again = told(message(new DeviceAddress(new AccountId(5, 0), 0), group.bytes()), 0);
    assertThat(again.getFrom()).isEqualTo(told.getFrom());
    assertThat(again.getGroup()).isEqualTo(told.getGroup());
    assertThat(again.getAccount()).isEmpty();
    assertThat(again.getGroupId()).isEmpty();
  }

  @Test
  void what_has_no_sequence_does_not_count() {
    assertThat(told(message(phone, ByteString.EMPTY), 0).getSequenceDelta()).isZero();
    assertThat(told(message(phone, ByteString.EMPTY), 101).getSequenceDelta()).isEqualTo(1);
  }

  @Test
  void receipts_are_told() {
    assertFrame(
        Delivery.newBuilder()
            .setReceipts(
                DeliverReceipts.newBuilder()
                    .setFrom(phone.toProto())
                    .setDevice(2)
                    .setKind(ReceiptKind.READ)
                    .addCounters(8)
                    .addCounters(9)
                    .setTimeMs(NOW_MS)),
        ServerFrameType.RECEIPT,
        Receipt.newBuilder()
            .setSequenceDelta(7)
            .setFrom(1)
            .setAccount(bob.bytes())
            .setDevice(4)
            .setKind(ReceiptKind.READ)
            .addCounters(8)
            .addCounters(9)
            .build());
  }

  @Test
  void a_list_of_devices_that_is_out_of_date_is_told() {
    assertFrame(
        Delivery.newBuilder()
            .setDevices(
                DeviceMismatch.newBuilder()
                    .setCounter(5)
                    .setAccount(bob.bytes())
                    .setListVersion(6)
                    .addMissing(1)
                    .addStale(2)
                    .addGone(3)
                    .setTimeMs(NOW_MS - 1)),
        ServerFrameType.DEVICES,
        Devices.newBuilder()
            .setSequenceDelta(7)
            .setTimeDeltaMs(-1)
            .setCounter(5)
            .setAccount(bob.bytes())
            .setListVersion(6)
            .addMissing(1)
            .addStale(2)
            .addGone(3)
            .build());
  }

  @Test
  void a_rejection_is_told() {
    assertFrame(
        Delivery.newBuilder()
            .setRejected(
                Rejection.newBuilder().setCounter(5).setCode("forbidden").setTimeMs(NOW_MS)),
        ServerFrameType.REJECTED,
        Rejected.newBuilder().setSequenceDelta(7).setCounter(5).setCode("forbidden").build());
  }

  @Test
  void a_call_is_told() {
    assertFrame(
        Delivery.newBuilder()
            .setCall(
                StoredCall.newBuilder()
                    .setFrom(phone.toProto())
                    .setCounter(5)
                    .setTimeMs(NOW_MS)
                    .setCall(group.bytes())
                    .setSignal(CallSignal.HANGUP)
                    .setCiphertext(TEXT)
                    .setKind(CiphertextKind.PRE_KEY)),
        ServerFrameType.CALL,
        Call.newBuilder()
            .setSequenceDelta(7)
            .setFrom(1)
            .setAccount(bob.bytes())
            .setDevice(4)
            .setCounter(5)
            .setCall(group.bytes())
            .setSignal(CallSignal.HANGUP)
            .setCiphertext(TEXT)
            .setKind(CiphertextKind.PRE_KEY)
            .build());
  }

  @Test
  void a_change_is_told() {
    assertFrame(
        Delivery.newBuilder()
            .setChange(
                ListChanged.newBuilder()
                    .setKind(ChangeKind.GROUP)
                    .setSubject(group.bytes())
                    .setVersion(3)),
        ServerFrameType.CHANGE,
        Change.newBuilder()
            .setSequenceDelta(7)
            .setKind(ChangeKind.GROUP)
            .setSubject(group.bytes())
            .setVersion(3)
            .build());
  }

  @Test
  void presence_and_typing_are_told_of_accounts() {
    assertFrame(
        Delivery.newBuilder()
            .setPresence(PresenceState.newBuilder().setAccount(bob.bytes()).setOnline(true)),
        ServerFrameType.PRESENCE,
        Presence.newBuilder().setAccount(bob.bytes()).setOnline(true).build());
    assertFrame(
        Delivery.newBuilder()
            .setTyping(
                TypingEvent.newBuilder()
                    .setFrom(bob.bytes())
                    .setGroup(group.bytes())
                    .setState(TypingState.RECORDING)),
        ServerFrameType.TYPING_NOTICE,
        TypingNotice.newBuilder()
            .setAccount(bob.bytes())
            .setGroup(group.bytes())
            .setState(TypingState.RECORDING)
            .build());
  }

  @Test
  void having_caught_up_is_told() {
    assertFrame(
        Delivery.newBuilder().setDrained(CaughtUp.getDefaultInstance()),
        ServerFrameType.DRAINED,
        Drained.getDefaultInstance());
  }

  @Test
  void what_nobody_knows_is_refused_before_it_counts() {
    Delivery nothing = Delivery.getDefaultInstance();
    assertThatThrownBy(() -> ServerFrames.of(nothing, 107, session))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(session.advance(107)).isEqualTo(7);
  }

  @Test
  void only_what_has_the_ids_it_needs_can_be_told() {
    ByteString bad = ByteString.copyFrom(new byte[15]);
    assertThat(ServerFrames.isTellable(message(phone, ByteString.EMPTY))).isTrue();
    assertThat(ServerFrames.isTellable(message(phone, group.bytes()))).isTrue();
    assertThat(ServerFrames.isTellable(message(phone, bad))).isFalse();
    DeviceId nobody = DeviceId.newBuilder().setAccount(bad).build();
    assertThat(
            Stream.of(
                Delivery.newBuilder().setMessage(StoredMessage.newBuilder().setFrom(nobody)),
                Delivery.newBuilder().setReceipts(DeliverReceipts.newBuilder().setFrom(nobody)),
                Delivery.newBuilder().setCall(StoredCall.newBuilder().setFrom(nobody))))
        .noneMatch(delivery -> ServerFrames.isTellable(delivery.build()));
  }

  @Test
  void what_is_no_frame_or_too_large_for_one_cannot_be_told() {
    assertThat(ServerFrames.isTellable(Delivery.getDefaultInstance())).isFalse();
    assertThat(
            ServerFrames.isTellable(
                Delivery.newBuilder().setDisplaced(Displaced.getDefaultInstance()).build()))
        .isFalse();
    Delivery.Builder large = message(phone, ByteString.EMPTY).toBuilder();
    large
        .getMessageBuilder()
        .setCiphertext(ByteString.copyFrom(new byte[FrameLimits.CIPHERTEXT_BYTES]));
    assertThat(ServerFrames.isTellable(large.build())).isTrue();
    large.getMessageBuilder().setCiphertext(ByteString.copyFrom(new byte[Wire.MAX_FRAME_BYTES]));
    assertThat(ServerFrames.isTellable(large.build())).isFalse();
  }

  @Test
  void a_sender_that_was_registered_anew_is_named_anew() {
    Delivery.Builder delivery = message(phone, ByteString.EMPTY).toBuilder();
    delivery.getMessageBuilder().getFromBuilder().setRegistration(2);
    Message first = told(delivery.build(), 107);
    assertThat(first.getFrom()).isEqualTo(1);
    assertThat(first.getRegistration()).isEqualTo(2);
    delivery.getMessageBuilder().getFromBuilder().setRegistration(3);
    Message second = told(delivery.build(), 108);
    assertThat(second.getFrom()).isEqualTo(2);
    assertThat(second.getAccount()).isEqualTo(bob.bytes());
    assertThat(second.getRegistration()).isEqualTo(3);
  }

  @Test
  void a_large_message_can_be_told_however_many_get_it() {
    Delivery.Builder delivery =
        Delivery.newBuilder()
            .setMessage(
                StoredMessage.newBuilder()
                    .setFrom(phone.toProto())
                    .setCiphertext(ByteString.copyFrom(new byte[FrameLimits.CIPHERTEXT_BYTES])));
    for (int i = 0; i < 100; i++) {
      delivery.addTargets(Target.newBuilder().setConnection(i).setSequence(1L << 44));
    }
    assertThat(ServerFrames.isTellable(delivery.build())).isTrue();
  }
}
