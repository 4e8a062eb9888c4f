package io.bluetick.gateway.socket;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.gateway.socket.InboundAliases.Kind;
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
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of a frame that a device sent on its open session. */
final class ClientFrames {
  /** In place of a counter: the frame has none. */
  private static final long NO_SEND = 0;

  private static final Duration PRESENCE_RETRY = Duration.ofSeconds(5);

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
    switch (type) {
      case ACKNOWLEDGE ->
          acknowledge(session, Frames.decode(Acknowledge.parser(), frame, 0, length));
      case SEND_TO_ACCOUNT -> {
        SendToAccount send = Frames.decode(SendToAccount.parser(), frame, 0, length);
        session
            .inboundAliases()
            .define(Kind.ACCOUNT, send.getTo(), send.getAccount(), send.getListVersion());
        sending(
            connection,
            session,
            send.getCounter(),
            () -> sending.message(connection, session, send, nowMs));
      }
      case SEND_TO_GROUP -> {
        SendToGroup send = Frames.decode(SendToGroup.parser(), frame, 0, length);
        session
            .inboundAliases()
            .define(Kind.GROUP, send.getTo(), send.getGroup(), send.getMembershipVersion());
        sending(
            connection,
            session,
            send.getCounter(),
            () -> sending.toGroup(connection, session, send, nowMs));
      }
      case SEND_RECEIPTS -> {
        SendReceipts send = Frames.decode(SendReceipts.parser(), frame, 0, length);
        sending(
            connection,
            session,
            send.getCounter(),
            () -> sending.receipts(connection, session, send, nowMs));
      }
      case SEND_CALL_SIGNAL -> {
        SendCallSignal send = Frames.decode(SendCallSignal.parser(), frame, 0, length);
        session
            .inboundAliases()
            .define(Kind.ACCOUNT, send.getTo(), send.getAccount(), send.getListVersion());
        sending(
            connection,
            session,
            send.getCounter(),
            () -> sending.call(connection, session, send, nowMs));
      }
      case SET_PRESENCE -> {
        SetPresence set = Frames.decode(SetPresence.parser(), frame, 0, length);
        refusing(connection, session, NO_SEND, () -> setPresence(connection, session, set, nowMs));
      }
      case SET_TYPING -> {
        SetTyping set = Frames.decode(SetTyping.parser(), frame, 0, length);
        refusing(connection, session, NO_SEND, () -> setTyping(connection, session, set, nowMs));
      }
      case SUBSCRIBE -> {
        Subscribe wish = Frames.decode(Subscribe.parser(), frame, 0, length);
        refusing(connection, session, NO_SEND, () -> subscribe(connection, session, wish, nowMs));
      }
      case PING -> {
        long number = Frames.decode(Ping.parser(), frame, 0, length).getNumber();
        refusing(
            connection,
            session,
            NO_SEND,
            () ->
                connection.send(ServerFrameType.PONG, Pong.newBuilder().setNumber(number).build()));
      }
      case OPEN -> throw new Violation(ErrorCode.OUT_OF_ORDER);
      case null -> unknown(connection, session, frame, length);
      case CLIENT_FRAME_UNSPECIFIED, UNRECOGNIZED -> unknown(connection, session, frame, length);
    }
  }

  /** Of a send of the future the counter is known all the same: its field 1. */
  private void unknown(SocketConnection connection, Session session, byte[] frame, int length)
      throws InvalidProtocolBufferException {
    long counter =
        Frames.isOfNumberedKind(frame[0])
            ? Frames.decode(Ping.parser(), frame, 0, length).getNumber()
            : NO_SEND;
    refusing(
        connection,
        session,
        counter,
        () -> {
          throw Refusal.of(ErrorCode.UNKNOWN_FRAME, Integer.toString(frame[0]));
        });
  }

  /** One that tells nothing new is counted: real ones are as many as the stanzas, at most. */
  private void acknowledge(Session session, Acknowledge acknowledge) {
    switch (session.acknowledge(acknowledge.getUpTo())) {
      case NEWS -> {}
      case NO_NEWS -> extra(session);
    }
  }

  /** Counts what a device may do only so often, and gets no answer that could refuse it. */
  void extra(Session session) {
    if (!rates.take(session)) {
      throw new Violation(ErrorCode.RATE_LIMITED);
    }
  }

  /** While a send stands refused for now, no later one may pass it. */
  private void sending(SocketConnection connection, Session session, long counter, Runnable send) {
    refusing(
        connection,
        session,
        counter,
        () -> {
          if (session.overtakes(counter)) {
            throw Refusal.forNow(ErrorCode.REFUSED_BEFORE, Duration.ZERO);
          }
          rates.takeForAccount(session);
          send.run();
          session.settled(counter);
        });
  }

  private void refusing(SocketConnection connection, Session session, long counter, Runnable what) {
    try {
      if (!rates.take(session)) {
        throw rates.limited(session);
      }
      what.run();
    } catch (Refusal refusal) {
      if (refusal.code().retry() == ErrorCode.Retry.NEVER) {
        session.settled(counter);
      } else if (counter > 0) {
        session.refusedForNow(counter);
      }
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
    Kind kind = set.getInGroup() ? Kind.GROUP : Kind.ACCOUNT;
    AccountId to = Sending.peerOnce(session, kind, set.getTo(), set.getId()).id();
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
    if (!presence.hasRoom()) {
      throw Refusal.forNow(ErrorCode.UNAVAILABLE, PRESENCE_RETRY);
    }
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
