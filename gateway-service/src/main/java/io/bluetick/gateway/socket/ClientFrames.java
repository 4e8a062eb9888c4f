package io.bluetick.gateway.socket;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.gateway.topic.CommandTopic;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.Acknowledge;
import io.bluetick.protocol.v1.Availability;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Ping;
import io.bluetick.protocol.v1.Pong;
import io.bluetick.protocol.v1.PresenceEvent;
import io.bluetick.protocol.v1.SendCallSignal;
import io.bluetick.protocol.v1.SendReceipts;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.SendToGroup;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.SetPresence;
import io.bluetick.protocol.v1.SetTyping;
import io.bluetick.protocol.v1.Subscribe;
import io.bluetick.protocol.v1.Subscription;
import io.bluetick.protocol.v1.Typing;
import io.bluetick.protocol.v1.TypingState;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a frame that a device sent on its open session. */
final class ClientFrames {
  private final Sending sending;
  private final CommandTopic presence;
  private final Rates rates;
  private final SocketMetrics metrics;

  ClientFrames(CommandTopic mailbox, CommandTopic presence, Rates rates, SocketMetrics metrics) {
    this.sending = new Sending(mailbox);
    this.presence = presence;
    this.rates = rates;
    this.metrics = metrics;
  }

  /**
   * Handles one frame, which stays the caller's.
   *
   * @throws Violation if the connection must end
   */
  void handle(SocketConnection connection, Session session, byte[] frame, int length, long nowMs) {
    if (length == 0) {
      throw new Violation(ErrorCode.BAD_REQUEST);
    }
    ClientFrameType type = ClientFrameType.forNumber(frame[0]);
    metrics.received(type);
    try {
      handle(type, connection, session, frame, length, nowMs);
    } catch (InvalidProtocolBufferException _) {
      throw new Violation(ErrorCode.BAD_REQUEST);
    }
  }

  private void handle(
      @Nullable ClientFrameType type,
      SocketConnection connection,
      Session session,
      byte[] frame,
      int length,
      long nowMs)
      throws InvalidProtocolBufferException {
    if (type == null || type == ClientFrameType.CLIENT_FRAME_UNSPECIFIED) {
      refusing(
          connection,
          session,
          0,
          nowMs,
          _ -> {
            throw Refusal.of(ErrorCode.UNKNOWN_FRAME, Integer.toString(frame[0]));
          });
      return;
    }
    switch (type) {
      case ACKNOWLEDGE ->
          acknowledge(session, Frames.decode(Acknowledge.parser(), frame, 0, length), nowMs);
      case SEND_TO_ACCOUNT -> {
        SendToAccount send = Frames.decode(SendToAccount.parser(), frame, 0, length);
        sending(
            connection,
            session,
            send.getCounter(),
            nowMs,
            now -> sending.message(connection, session, send, now));
      }
      case SEND_TO_GROUP -> {
        SendToGroup send = Frames.decode(SendToGroup.parser(), frame, 0, length);
        sending(
            connection,
            session,
            send.getCounter(),
            nowMs,
            now -> sending.toGroup(connection, session, send, now));
      }
      case SEND_RECEIPTS -> {
        SendReceipts send = Frames.decode(SendReceipts.parser(), frame, 0, length);
        sending(
            connection,
            session,
            send.getCounter(),
            nowMs,
            now -> sending.receipts(connection, session, send, now));
      }
      case SEND_CALL_SIGNAL -> {
        SendCallSignal send = Frames.decode(SendCallSignal.parser(), frame, 0, length);
        sending(
            connection,
            session,
            send.getCounter(),
            nowMs,
            now -> sending.call(connection, session, send, now));
      }
      case SET_PRESENCE -> {
        SetPresence set = Frames.decode(SetPresence.parser(), frame, 0, length);
        refusing(connection, session, 0, nowMs, now -> setPresence(connection, session, set, now));
      }
      case SET_TYPING -> {
        SetTyping set = Frames.decode(SetTyping.parser(), frame, 0, length);
        refusing(connection, session, 0, nowMs, now -> setTyping(connection, session, set, now));
      }
      case SUBSCRIBE -> {
        Subscribe wish = Frames.decode(Subscribe.parser(), frame, 0, length);
        refusing(connection, session, 0, nowMs, now -> subscribe(connection, session, wish, now));
      }
      case PING -> {
        long number = Frames.decode(Ping.parser(), frame, 0, length).getNumber();
        refusing(
            connection,
            session,
            0,
            nowMs,
            _ ->
                connection.send(ServerFrameType.PONG, Pong.newBuilder().setNumber(number).build()));
      }
      case OPEN -> throw new Violation(ErrorCode.OUT_OF_ORDER);
      case CLIENT_FRAME_UNSPECIFIED, UNRECOGNIZED -> throw new Violation(ErrorCode.BAD_REQUEST);
    }
  }

  /** One that tells nothing new is counted: real ones are as many as the stanzas, at most. */
  private void acknowledge(Session session, Acknowledge acknowledge, long nowMs) {
    switch (session.acknowledge(acknowledge.getUpTo())) {
      case NEWS -> {}
      case KNOWN -> {
        if (!rates.take(session, nowMs)) {
          throw new Violation(ErrorCode.RATE_LIMITED);
        }
      }
      case AHEAD -> throw new Violation(ErrorCode.OUT_OF_ORDER);
    }
  }

  /** While a send stands refused for now, no later one may pass it. */
  private void sending(
      SocketConnection connection, Session session, long counter, long nowMs, LongConsumer send) {
    refusing(
        connection,
        session,
        counter,
        nowMs,
        now -> {
          if (session.overtakes(counter)) {
            throw Refusal.forNow(ErrorCode.REFUSED_BEFORE, rates.retryAfter(session, nowMs));
          }
          rates.takeForAccount(session, now);
          send.accept(now);
          session.taken(counter);
        });
  }

  private void refusing(
      SocketConnection connection, Session session, long counter, long nowMs, LongConsumer what) {
    try {
      if (!rates.take(session, nowMs)) {
        throw rates.limited(session, nowMs);
      }
      what.accept(nowMs);
    } catch (Refusal refusal) {
      session.refused(counter, refusal.code().retry());
      connection.refuse(refusal, counter);
    }
  }

  private void setPresence(
      SocketConnection connection, Session session, SetPresence set, long nowMs) {
    if (set.getAvailability() == Availability.UNRECOGNIZED) {
      throw Refusal.invalid("availability");
    }
    tell(
        connection,
        session,
        PresenceEvent.newBuilder().setAvailability(set.getAvailability()),
        nowMs);
  }

  private void setTyping(SocketConnection connection, Session session, SetTyping set, long nowMs) {
    if (set.getState() == TypingState.UNRECOGNIZED) {
      throw Refusal.invalid("state");
    }
    AccountId to = Sending.peer(session, set.getTo(), set.getId(), 0).id();
    Typing.Builder typing =
        Typing.newBuilder().setTo(to.bytes()).setInGroup(set.getInGroup()).setState(set.getState());
    tell(connection, session, PresenceEvent.newBuilder().setTyping(typing), nowMs);
  }

  private void subscribe(SocketConnection connection, Session session, Subscribe wish, long nowMs) {
    if (session.subscriptions + wish.getAddCount() > FrameLimits.SUBSCRIPTIONS
        || wish.getRemoveCount() > FrameLimits.SUBSCRIPTIONS) {
      throw Refusal.of(ErrorCode.TOO_MANY, "subscriptions");
    }
    requireIds(wish.getAddList());
    requireIds(wish.getRemoveList());
    session.subscriptions =
        Math.max(0, session.subscriptions + wish.getAddCount() - wish.getRemoveCount());
    Subscription.Builder subscription =
        Subscription.newBuilder().addAllAdd(wish.getAddList()).addAllRemove(wish.getRemoveList());
    tell(connection, session, PresenceEvent.newBuilder().setSubscription(subscription), nowMs);
  }

  private static void requireIds(Iterable<ByteString> ids) {
    for (ByteString id : ids) {
      if (id.size() != AccountId.BYTES) {
        throw Refusal.invalid("id");
      }
    }
  }

  /** A stale light costs little; so when presence is behind it goes without. */
  private void tell(
      SocketConnection connection, Session session, PresenceEvent.Builder event, long nowMs) {
    if (!presence.hasRoom()) {
      metrics.presenceDropped();
      return;
    }
    AccountId account = session.device.account();
    presence.add(
        account,
        event
            .setAccount(account.bytes())
            .setRoute(connection.route(session))
            .setTimeMs(nowMs)
            .build());
  }
}
