package io.bluetick.gateway.socket;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.bluetick.gateway.socket.InboundAliases.Kind;
import io.bluetick.platform.kafka.CommandTopic;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.Acknowledge;
import io.bluetick.protocol.v1.Availability;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Open;
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
   * A frame that a device sent; its bytes stay the caller's.
   *
   * @param length of the frame, with its type
   */
  @SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
  record Heard(SocketConnection connection, Session session, byte[] frame, int length, long nowMs) {

    <T> T as(Parser<T> parser) throws InvalidProtocolBufferException {
      return Frames.decode(parser, frame, 0, length);
    }
  }

  /**
   * Handles one frame.
   *
   * @throws Violation if the connection must end
   */
  void handle(Heard heard) {
    if (heard.length() == 0) {
      throw new Violation(ErrorCode.BAD_REQUEST);
    }
    ClientFrameType type = ClientFrameType.forNumber(heard.frame()[0]);
    metrics.received(type);
    try {
      handle(type, heard);
    } catch (InvalidProtocolBufferException _) {
      throw new Violation(ErrorCode.BAD_REQUEST);
    }
  }

  /**
   * The first frame of all.
   *
   * @throws Violation if it is another
   */
  static Open open(byte[] frame, int length) {
    if (length == 0 || frame[0] != ClientFrameType.OPEN_VALUE) {
      throw new Violation(ErrorCode.OUT_OF_ORDER);
    }
    try {
      Open open = Frames.decode(Open.parser(), frame, 0, length);
      if (open.getAcknowledged() >= 0 && open.getAvailability() != Availability.UNRECOGNIZED) {
        return open;
      }
    } catch (InvalidProtocolBufferException _) {
      throw new Violation(ErrorCode.BAD_REQUEST);
    }
    throw new Violation(ErrorCode.BAD_REQUEST);
  }

  private void handle(@Nullable ClientFrameType type, Heard heard)
      throws InvalidProtocolBufferException {
    switch (type) {
      case ACKNOWLEDGE -> acknowledge(heard.session(), heard.as(Acknowledge.parser()));
      case SEND_TO_ACCOUNT -> sendToAccount(heard, heard.as(SendToAccount.parser()));
      case SEND_TO_GROUP -> sendToGroup(heard, heard.as(SendToGroup.parser()));
      case SEND_RECEIPTS -> {
        SendReceipts send = heard.as(SendReceipts.parser());
        sending(heard, send.getCounter(), () -> sending.receipts(heard, send));
      }
      case SEND_CALL_SIGNAL -> sendCallSignal(heard, heard.as(SendCallSignal.parser()));
      case SET_PRESENCE -> {
        SetPresence set = heard.as(SetPresence.parser());
        refusing(heard, NO_SEND, () -> setPresence(heard, set));
      }
      case SET_TYPING -> {
        SetTyping set = heard.as(SetTyping.parser());
        refusing(heard, NO_SEND, () -> setTyping(heard, set));
      }
      case SUBSCRIBE -> {
        Subscribe wish = heard.as(Subscribe.parser());
        refusing(heard, NO_SEND, () -> subscribe(heard, wish));
      }
      case PING -> {
        Pong pong = Pong.newBuilder().setNumber(heard.as(Ping.parser()).getNumber()).build();
        refusing(heard, NO_SEND, () -> heard.connection().send(ServerFrameType.PONG, pong));
      }
      case OPEN -> throw new Violation(ErrorCode.OUT_OF_ORDER);
      case null -> unknown(heard);
      case CLIENT_FRAME_UNSPECIFIED, UNRECOGNIZED -> unknown(heard);
    }
  }

  private void sendToAccount(Heard heard, SendToAccount send) {
    heard
        .session()
        .inboundAliases()
        .define(Kind.ACCOUNT, send.getTo(), send.getAccount(), send.getListVersion());
    sending(heard, send.getCounter(), () -> sending.message(heard, send));
  }

  private void sendToGroup(Heard heard, SendToGroup send) {
    heard
        .session()
        .inboundAliases()
        .define(Kind.GROUP, send.getTo(), send.getGroup(), send.getMembershipVersion());
    sending(heard, send.getCounter(), () -> sending.toGroup(heard, send));
  }

  private void sendCallSignal(Heard heard, SendCallSignal send) {
    heard
        .session()
        .inboundAliases()
        .define(Kind.ACCOUNT, send.getTo(), send.getAccount(), send.getListVersion());
    sending(heard, send.getCounter(), () -> sending.call(heard, send));
  }

  /** Of a send of the future the counter is known all the same: its field 1. */
  private void unknown(Heard heard) throws InvalidProtocolBufferException {
    int type = heard.frame()[0];
    long counter = Frames.isOfNumberedKind(type) ? heard.as(Ping.parser()).getNumber() : NO_SEND;
    refusing(
        heard,
        counter,
        () -> {
          throw Refusal.of(ErrorCode.UNKNOWN_FRAME, Integer.toString(type));
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
  private void sending(Heard heard, long counter, Runnable send) {
    refusing(
        heard,
        counter,
        () -> {
          if (heard.session().overtakes(counter)) {
            throw Refusal.forNow(ErrorCode.REFUSED_BEFORE, Duration.ZERO);
          }
          rates.takeForAccount(heard.session());
          send.run();
          heard.session().settled(counter);
        });
  }

  private void refusing(Heard heard, long counter, Runnable what) {
    Session session = heard.session();
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
      heard.connection().refuse(refusal, counter);
    }
  }

  private void setPresence(Heard heard, SetPresence set) {
    if (set.getAvailability() == Availability.UNRECOGNIZED) {
      throw Refusal.invalid("availability");
    }
    tell(heard, PresenceEvent.newBuilder().setAvailability(set.getAvailability()));
  }

  private void setTyping(Heard heard, SetTyping set) {
    if (set.getState() == TypingState.UNRECOGNIZED) {
      throw Refusal.invalid("state");
    }
    Kind kind = set.getInGroup() ? Kind.GROUP : Kind.ACCOUNT;
    AccountId to = Sending.peerOnce(heard.session(), kind, set.getTo(), set.getId()).id();
    Typing.Builder typing =
        Typing.newBuilder().setTo(to.bytes()).setInGroup(set.getInGroup()).setState(set.getState());
    tell(heard, PresenceEvent.newBuilder().setTyping(typing));
  }

  private void subscribe(Heard heard, Subscribe wish) {
    Session session = heard.session();
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
    tell(heard, PresenceEvent.newBuilder().setSubscription(subscription));
  }

  private static void requireIds(Iterable<ByteString> ids) {
    for (ByteString id : ids) {
      if (id.size() != AccountId.BYTES) {
        throw Refusal.invalid("id");
      }
    }
  }

  /** A stale light costs little; so when presence is behind it goes without. */
  private void tell(Heard heard, PresenceEvent.Builder event) {
    if (!presence.hasRoom()) {
      metrics.presenceDropped();
      return;
    }
    AccountId account = heard.session().device.account();
    presence.add(
        account,
        event
            .setAccount(account.bytes())
            .setRoute(Reports.route(heard.connection(), heard.session()))
            .setTimeMs(heard.nowMs())
            .build());
  }
}
