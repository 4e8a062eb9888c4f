package io.bluetick.gateway.socket;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Wire;
import io.bluetick.protocol.v1.Call;
import io.bluetick.protocol.v1.Change;
import io.bluetick.protocol.v1.DeliverReceipts;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.DeviceId;
import io.bluetick.protocol.v1.DeviceMismatch;
import io.bluetick.protocol.v1.Devices;
import io.bluetick.protocol.v1.Drained;
import io.bluetick.protocol.v1.ListChanged;
import io.bluetick.protocol.v1.Message;
import io.bluetick.protocol.v1.Presence;
import io.bluetick.protocol.v1.PresenceState;
import io.bluetick.protocol.v1.Receipt;
import io.bluetick.protocol.v1.Rejected;
import io.bluetick.protocol.v1.Rejection;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.StoredCall;
import io.bluetick.protocol.v1.StoredMessage;
import io.bluetick.protocol.v1.TypingEvent;
import io.bluetick.protocol.v1.TypingNotice;

/** What services hand to a connection, in the words of its device: aliases and differences. */
final class ServerFrames {
  /** What a frame may need besides what its delivery holds: sequence, time, aliases. */
  private static final int OVERHEAD_BYTES = 96;

  /** A frame, ready to be sealed. */
  record ServerFrame(ServerFrameType type, MessageLite message) {}

  private ServerFrames() {}

  /**
   * Whether a delivery can be told to a device. Asked before {@link #of}, which changes the session
   * and so must not fail: a stanza that was counted and not sent would be acknowledged unseen.
   */
  static boolean isTellable(Delivery delivery) {
    return switch (delivery.getContentCase()) {
      case MESSAGE ->
          isId(delivery.getMessage().getFrom().getAccount())
              && isIdOrEmpty(delivery.getMessage().getGroup())
              && fits(delivery.getMessage());
      case RECEIPTS ->
          isId(delivery.getReceipts().getFrom().getAccount()) && fits(delivery.getReceipts());
      case CALL -> isId(delivery.getCall().getFrom().getAccount()) && fits(delivery.getCall());
      case DEVICES -> fits(delivery.getDevices());
      case REJECTED -> fits(delivery.getRejected());
      case CHANGE -> fits(delivery.getChange());
      case PRESENCE -> fits(delivery.getPresence());
      case TYPING -> fits(delivery.getTyping());
      case DRAINED -> true;
      case DISPLACED, ENDED, CONTENT_NOT_SET -> false;
    };
  }

  private static boolean fits(MessageLite content) {
    return content.getSerializedSize() + OVERHEAD_BYTES <= Wire.MAX_FRAME_BYTES;
  }

  private static boolean isId(ByteString bytes) {
    return bytes.size() == AccountId.BYTES;
  }

  private static boolean isIdOrEmpty(ByteString bytes) {
    return bytes.isEmpty() || isId(bytes);
  }

  /**
   * Names and counts as the session has them, and so is called exactly once for what is written.
   *
   * @param sequence 0 for what is not acknowledged
   */
  static ServerFrame of(Delivery delivery, long sequence, Session session) {
    return switch (delivery.getContentCase()) {
      case MESSAGE ->
          new ServerFrame(
              ServerFrameType.MESSAGE, message(delivery.getMessage(), sequence, session));
      case RECEIPTS ->
          new ServerFrame(
              ServerFrameType.RECEIPT, receipt(delivery.getReceipts(), sequence, session));
      case DEVICES ->
          new ServerFrame(
              ServerFrameType.DEVICES, devices(delivery.getDevices(), sequence, session));
      case REJECTED ->
          new ServerFrame(
              ServerFrameType.REJECTED, rejected(delivery.getRejected(), sequence, session));
      case CALL ->
          new ServerFrame(ServerFrameType.CALL, call(delivery.getCall(), sequence, session));
      case CHANGE ->
          new ServerFrame(ServerFrameType.CHANGE, change(delivery.getChange(), sequence, session));
      case DRAINED -> new ServerFrame(ServerFrameType.DRAINED, Drained.getDefaultInstance());
      case PRESENCE -> new ServerFrame(ServerFrameType.PRESENCE, presence(delivery.getPresence()));
      case TYPING -> new ServerFrame(ServerFrameType.TYPING_NOTICE, typing(delivery.getTyping()));
      case DISPLACED, ENDED, CONTENT_NOT_SET ->
          throw new IllegalArgumentException("a delivery that is not told");
    };
  }

  private static Message message(StoredMessage stored, long sequence, Session session) {
    Message.Builder message =
        Message.newBuilder()
            .setSequenceDelta(session.advance(sequence))
            .setTimeDeltaMs(session.advanceTime(stored.getTimeMs()))
            .setCounter(stored.getCounter())
            .setCiphertext(stored.getCiphertext())
            .setKindValue(stored.getKindValue())
            .setPriorityValue(stored.getPriorityValue());
    DeviceId from = stored.getFrom();
    int alias = session.outboundAliases().of(from);
    if (!stored.getGroup().isEmpty()) {
      int group = session.outboundAliases().ofGroup(stored.getGroup());
      message.setGroup(Math.abs(group));
      if (group < 0) {
        message.setGroupId(stored.getGroup());
      }
      if (-group == alias) { // It was given the sender's, as the oldest.
        alias = session.outboundAliases().of(from);
      }
    }
    message.setFrom(Math.abs(alias));
    if (alias < 0) {
      message
          .setAccount(from.getAccount())
          .setDevice(from.getDevice())
          .setRegistration(from.getRegistration());
    }
    return message.build();
  }

  private static Receipt receipt(DeliverReceipts receipts, long sequence, Session session) {
    Receipt.Builder receipt =
        Receipt.newBuilder()
            .setSequenceDelta(session.advance(sequence))
            .setTimeDeltaMs(session.advanceTime(receipts.getTimeMs()))
            .setKindValue(receipts.getKindValue())
            .addAllCounters(receipts.getCountersList());
    DeviceId from = receipts.getFrom();
    int alias = session.outboundAliases().of(from);
    receipt.setFrom(Math.abs(alias));
    if (alias < 0) {
      receipt
          .setAccount(from.getAccount())
          .setDevice(from.getDevice())
          .setRegistration(from.getRegistration());
    }
    return receipt.build();
  }

  private static Call call(StoredCall stored, long sequence, Session session) {
    Call.Builder call =
        Call.newBuilder()
            .setSequenceDelta(session.advance(sequence))
            .setTimeDeltaMs(session.advanceTime(stored.getTimeMs()))
            .setCounter(stored.getCounter())
            .setCall(stored.getCall())
            .setSignalValue(stored.getSignalValue())
            .setCiphertext(stored.getCiphertext())
            .setKindValue(stored.getKindValue());
    DeviceId from = stored.getFrom();
    int alias = session.outboundAliases().of(from);
    call.setFrom(Math.abs(alias));
    if (alias < 0) {
      call.setAccount(from.getAccount())
          .setDevice(from.getDevice())
          .setRegistration(from.getRegistration());
    }
    return call.build();
  }

  private static Devices devices(DeviceMismatch mismatch, long sequence, Session session) {
    return Devices.newBuilder()
        .setSequenceDelta(session.advance(sequence))
        .setTimeDeltaMs(session.advanceTime(mismatch.getTimeMs()))
        .setCounter(mismatch.getCounter())
        .setAccount(mismatch.getAccount())
        .setListVersion(mismatch.getListVersion())
        .addAllMissing(mismatch.getMissingList())
        .addAllStale(mismatch.getStaleList())
        .addAllGone(mismatch.getGoneList())
        .build();
  }

  private static Rejected rejected(Rejection rejection, long sequence, Session session) {
    return Rejected.newBuilder()
        .setSequenceDelta(session.advance(sequence))
        .setTimeDeltaMs(session.advanceTime(rejection.getTimeMs()))
        .setCounter(rejection.getCounter())
        .setCode(rejection.getCode())
        .build();
  }

  private static Change change(ListChanged changed, long sequence, Session session) {
    return Change.newBuilder()
        .setSequenceDelta(session.advance(sequence))
        .setKindValue(changed.getKindValue())
        .setSubject(changed.getSubject())
        .setVersion(changed.getVersion())
        .build();
  }

  private static Presence presence(PresenceState state) {
    return Presence.newBuilder()
        .setAccount(state.getAccount())
        .setOnline(state.getOnline())
        .setLastSeenMs(state.getLastSeenMs())
        .build();
  }

  private static TypingNotice typing(TypingEvent event) {
    return TypingNotice.newBuilder()
        .setAccount(event.getFrom())
        .setGroup(event.getGroup())
        .setStateValue(event.getStateValue())
        .build();
  }
}
