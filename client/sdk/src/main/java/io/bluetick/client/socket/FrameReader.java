package io.bluetick.client.socket;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.bluetick.client.socket.Heard.Author;
import io.bluetick.client.socket.Heard.Body;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.Accepted;
import io.bluetick.protocol.v1.Call;
import io.bluetick.protocol.v1.Change;
import io.bluetick.protocol.v1.Devices;
import io.bluetick.protocol.v1.Message;
import io.bluetick.protocol.v1.Presence;
import io.bluetick.protocol.v1.Receipt;
import io.bluetick.protocol.v1.Refused;
import io.bluetick.protocol.v1.Rejected;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.TypingNotice;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the frames of one connection, in their order: aliases, sequences and times are told once
 * and then by reference.
 */
public final class FrameReader {
  /** Far more than a gateway has. */
  private static final int ALIASES_LIMIT = 65_536;

  private final Map<Integer, Author> authors = new HashMap<>();
  private final Map<Integer, AccountId> groups = new HashMap<>();
  private long sequence;
  private long timeMs;

  /** Begins where {@code Open} and {@code Welcome} did. */
  public FrameReader(long acknowledged, long serverTimeMs) {
    this.sequence = acknowledged;
    this.timeMs = serverTimeMs;
  }

  /** Throws if the gateway does not keep to the contract; the connection is of no use then. */
  public Heard read(byte[] frame) throws InvalidProtocolBufferException {
    try {
      return heard(new Raw(frame));
    } catch (IllegalArgumentException e) {
      throw new InvalidProtocolBufferException(e.getMessage());
    }
  }

  /** A frame with its type. */
  @SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
  private record Raw(byte[] frame) {
    int type() {
      return frame[0] & 0xFF;
    }

    <T> T as(Parser<T> parser) throws InvalidProtocolBufferException {
      return Frames.decode(parser, frame, 0, frame.length);
    }
  }

  private Heard heard(Raw raw) throws InvalidProtocolBufferException {
    if (Frames.isOfNumberedKind(raw.type())) {
      return stanza(raw);
    }
    return switch (ServerFrameType.forNumber(raw.type())) {
      case ACCEPTED -> {
        Accepted accepted = raw.as(Accepted.parser());
        yield new Heard.Ticks(accepted.getCountersList(), accepted.getTimeMs());
      }
      case REFUSED -> {
        Refused refused = raw.as(Refused.parser());
        yield new Heard.Refusal(
            refused.getCode(),
            refused.getCounter(),
            Integer.toUnsignedLong(refused.getRetryAfterMs()),
            refused.getDetail());
      }
      case DRAINED -> new Heard.Drained();
      case PRESENCE -> {
        Presence presence = raw.as(Presence.parser());
        yield new Heard.Presence(
            AccountId.of(presence.getAccount()), presence.getOnline(), presence.getLastSeenMs());
      }
      case TYPING_NOTICE -> {
        TypingNotice notice = raw.as(TypingNotice.parser());
        yield new Heard.Typing(
            AccountId.of(notice.getAccount()), id(notice.getGroup()), notice.getState());
      }
      case null, default -> new Heard.Other();
    };
  }

  /** Where fields mean the same in all stanzas, they are read as a message's. */
  private Heard.Stanza stanza(Raw raw) throws InvalidProtocolBufferException {
    Message any = raw.as(Message.parser());
    sequence += any.getSequenceDelta();
    timeMs += any.getTimeDeltaMs();
    if (Integer.toUnsignedLong(any.getFrom()) > ALIASES_LIMIT) {
      throw new IllegalArgumentException("an alias is too high");
    }
    if (any.getFrom() != 0 && !any.getAccount().isEmpty()) {
      authors.put(any.getFrom(), author(any));
    }
    return new Heard.Stanza(any.getSequenceDelta() == 0 ? 0 : sequence, timeMs, body(raw, any));
  }

  private Body body(Raw raw, Message any) throws InvalidProtocolBufferException {
    return switch (ServerFrameType.forNumber(raw.type())) {
      case MESSAGE ->
          new Heard.Message(
              authorOf(any), any.getCounter(), any.getCiphertext(), any.getKind(), group(any));
      case RECEIPT -> {
        Receipt receipt = raw.as(Receipt.parser());
        yield new Heard.Receipt(authorOf(any), receipt.getKind(), receipt.getCountersList());
      }
      case DEVICES -> {
        Devices devices = raw.as(Devices.parser());
        yield new Heard.Mismatch(
            devices.getCounter(),
            AccountId.of(devices.getAccount()),
            devices.getListVersion(),
            devices.getMissingList(),
            devices.getStaleList(),
            devices.getGoneList());
      }
      case REJECTED -> {
        Rejected rejected = raw.as(Rejected.parser());
        yield new Heard.Rejected(rejected.getCounter(), rejected.getCode());
      }
      case CALL -> {
        Call call = raw.as(Call.parser());
        yield new Heard.Call(
            authorOf(any), call.getCall(), call.getSignal(), call.getCiphertext(), call.getKind());
      }
      case CHANGE -> {
        Change change = raw.as(Change.parser());
        yield new Heard.Change(change.getKind(), id(change.getSubject()), change.getVersion());
      }
      case null, default -> new Heard.Unknown();
    };
  }

  private Author authorOf(Message any) {
    if (any.getFrom() == 0) {
      return author(any);
    }
    Author author = authors.get(any.getFrom());
    if (author == null) {
      throw new IllegalArgumentException("the alias " + any.getFrom() + " was never defined");
    }
    return author;
  }

  private static Author author(Message any) {
    return new Author(
        new DeviceAddress(AccountId.of(any.getAccount()), any.getDevice()), any.getRegistration());
  }

  private Optional<AccountId> group(Message any) {
    if (any.getGroup() == 0) {
      return id(any.getGroupId());
    }
    if (Integer.toUnsignedLong(any.getGroup()) > ALIASES_LIMIT) {
      throw new IllegalArgumentException("an alias is too high");
    }
    if (!any.getGroupId().isEmpty()) {
      groups.put(any.getGroup(), AccountId.of(any.getGroupId()));
    }
    AccountId group = groups.get(any.getGroup());
    if (group == null) {
      throw new IllegalArgumentException("the alias " + any.getGroup() + " was never defined");
    }
    return Optional.of(group);
  }

  private static Optional<AccountId> id(ByteString bytes) {
    return bytes.isEmpty() ? Optional.empty() : Optional.of(AccountId.of(bytes));
  }
}
