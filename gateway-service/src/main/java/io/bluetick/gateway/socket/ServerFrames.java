package io.bluetick.gateway.socket;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.Call;
import io.bluetick.protocol.v1.Change;
import io.bluetick.protocol.v1.DeliverReceipts;
import io.bluetick.protocol.v1.Delivery;
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
import io.bluetick.protocol.v1.Replaced;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.StoredCall;
import io.bluetick.protocol.v1.StoredMessage;
import io.bluetick.protocol.v1.TypingEvent;
import io.bluetick.protocol.v1.TypingNotice;

/** What services hand to a connection, in the words of its device: aliases and differences. */
final class ServerFrames {

  /** A frame, ready to be sealed. */
  record ServerFrame(ServerFrameType type, MessageLite message) {}

  private ServerFrames() {}

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
      case PRESENCE ->
          new ServerFrame(ServerFrameType.PRESENCE, presence(delivery.getPresence(), session));
      case TYPING ->
          new ServerFrame(ServerFrameType.TYPING_NOTICE, typing(delivery.getTyping(), session));
      case DISPLACED ->
          new ServerFrame(
              ServerFrameType.REPLACED,
              Replaced.newBuilder().setEpoch(delivery.getDisplaced().getEpoch()).build());
      case CONTENT_NOT_SET -> throw new IllegalArgumentException("a delivery of nothing we know");
    };
  }

  private static Message message(StoredMessage stored, long sequence, Session session) {
    Message.Builder message =
        Message.newBuilder()
            .setSequenceDelta(session.advance(sequence))
            .setTimeDeltaMs(session.advanceTime(stored.getTimeMs()))
            .setCounter(stored.getCounter())
            .setCiphertext(stored.getCiphertext())
            .setKind(stored.getKind())
            .setPriority(stored.getPriority());
    int from = alias(session, stored.getFrom().getAccount(), stored.getFrom().getDevice());
    if (!stored.getGroup().isEmpty()) {
      int group = alias(session, stored.getGroup(), OutboundAliases.GROUP);
      message.setGroup(Math.abs(group));
      if (group < 0) {
        message.setGroupId(stored.getGroup());
      }
      if (-group == from) { // It was given the sender's, as the oldest.
        from = alias(session, stored.getFrom().getAccount(), stored.getFrom().getDevice());
      }
    }
    message.setFrom(Math.abs(from));
    if (from < 0) {
      message.setAccount(stored.getFrom().getAccount()).setDevice(stored.getFrom().getDevice());
    }
    return message.build();
  }

  private static Receipt receipt(DeliverReceipts receipts, long sequence, Session session) {
    Receipt.Builder receipt =
        Receipt.newBuilder()
            .setSequenceDelta(session.advance(sequence))
            .setTimeDeltaMs(session.advanceTime(receipts.getTimeMs()))
            .setKind(receipts.getKind())
            .addAllCounters(receipts.getCountersList())
            .setGroupId(receipts.getGroup());
    int from = alias(session, receipts.getFrom().getAccount(), receipts.getFrom().getDevice());
    receipt.setFrom(Math.abs(from));
    if (from < 0) {
      receipt.setAccount(receipts.getFrom().getAccount()).setDevice(receipts.getFrom().getDevice());
    }
    return receipt.build();
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

  private static Call call(StoredCall stored, long sequence, Session session) {
    Call.Builder call =
        Call.newBuilder()
            .setSequenceDelta(session.advance(sequence))
            .setTimeDeltaMs(session.advanceTime(stored.getTimeMs()))
            .setCounter(stored.getCounter())
            .setCall(stored.getCall())
            .setSignal(stored.getSignal())
            .setCiphertext(stored.getCiphertext())
            .setKind(stored.getKind());
    int from = alias(session, stored.getFrom().getAccount(), stored.getFrom().getDevice());
    call.setFrom(Math.abs(from));
    if (from < 0) {
      call.setAccount(stored.getFrom().getAccount()).setDevice(stored.getFrom().getDevice());
    }
    return call.build();
  }

  private static Change change(ListChanged changed, long sequence, Session session) {
    return Change.newBuilder()
        .setSequenceDelta(session.advance(sequence))
        .setKind(changed.getKind())
        .setSubject(changed.getSubject())
        .setVersion(changed.getVersion())
        .build();
  }

  private static Presence presence(PresenceState state, Session session) {
    int of = alias(session, state.getAccount(), 0);
    Presence.Builder presence =
        Presence.newBuilder()
            .setOf(Math.abs(of))
            .setOnline(state.getOnline())
            .setLastSeenMs(state.getLastSeenMs());
    return of < 0 ? presence.setAccount(state.getAccount()).build() : presence.build();
  }

  private static TypingNotice typing(TypingEvent event, Session session) {
    int from = alias(session, event.getFrom(), 0);
    TypingNotice.Builder notice =
        TypingNotice.newBuilder()
            .setFrom(Math.abs(from))
            .setGroup(event.getGroup())
            .setState(event.getState());
    return from < 0 ? notice.setAccount(event.getFrom()).build() : notice.build();
  }

  private static int alias(Session session, ByteString id, int device) {
    return session.outboundAliases().of(AccountId.of(id), device);
  }
}
