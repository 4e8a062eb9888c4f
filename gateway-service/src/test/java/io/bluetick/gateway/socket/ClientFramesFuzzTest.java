package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.v1.Accepted;
import io.bluetick.protocol.v1.Acknowledge;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.Ping;
import io.bluetick.protocol.v1.Refused;
import io.bluetick.protocol.v1.SendCallSignal;
import io.bluetick.protocol.v1.SendReceipts;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.SendToGroup;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.SetPresence;
import io.bluetick.protocol.v1.SetTyping;
import io.bluetick.protocol.v1.Subscribe;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whatever a device says on its open session is answered, refused, or ends the connection with a
 * reason; and what of it reaches the log is well-formed.
 */
class ClientFramesFuzzTest {
  private static final int FRAMES_LIMIT = 24;
  private static final int BYTES_LIMIT = 200;
  private static final Set<Integer> KNOWN_CLOSES =
      Arrays.stream(ErrorCode.values()).map(ErrorCode::closeCode).collect(Collectors.toSet());
  private static final Set<String> KNOWN_CODES =
      Arrays.stream(ErrorCode.values()).map(ErrorCode::slug).collect(Collectors.toSet());

  private static final WellFormedTopic MAILBOX = new WellFormedTopic(EmbeddedDevice.ADDRESS);
  private static final WellFormedTopic PRESENCE = new WellFormedTopic(EmbeddedDevice.ADDRESS);
  private static final EmbeddedGateway GATEWAY =
      new EmbeddedGateway(
          Map.of(
              "bluetick.socket.unaccepted", 8,
              "bluetick.socket.account-rate", 1_000_000,
              "bluetick.socket.account-burst", 1_000_000,
              "bluetick.socket.connection-burst", 12),
          MAILBOX,
          PRESENCE);

  @FuzzTest(maxDuration = "10s")
  void whatever_a_device_says_is_answered_refused_or_ends_with_a_reason(FuzzedDataProvider data) {
    MAILBOX.begin();
    PRESENCE.begin();
    EmbeddedDevice device = EmbeddedDevice.open(GATEWAY);
    Set<Integer> closes = new HashSet<>();
    Set<Long> ticked = new HashSet<>();
    for (int i = 0; i < FRAMES_LIMIT && data.remainingBytes() > 0; i++) {
      if (!device.peer().isRead()) {
        MAILBOX.makeDurable();
        GATEWAY.runTasks();
        read(device, closes, ticked);
        if (!device.peer().isRead()) {
          break;
        }
      }
      device.say(frame(data));
      if (data.consumeBoolean()) {
        MAILBOX.makeDurable();
      }
      GATEWAY.runTasks();
      read(device, closes, ticked);
      checkCounters(device);
    }
    MAILBOX.makeDurable();
    GATEWAY.runTasks();
    read(device, closes, ticked);
    checkCounters(device);
    if (closes.isEmpty()) {
      assertThat(device.peer().channel.isOpen()).as("closed without a word").isTrue();
      assertThat(device.peer().isRead()).as("it is read again").isTrue();
      assertThat(ticked).isEqualTo(MAILBOX.ticked());
    }
    device.peer().hangUp();
    assertThat(device.peer().usedBytes()).isZero();
    assertThat(GATEWAY.known()).isZero();
    assertThat(GATEWAY.openings.count()).isZero();
  }

  /** Every frame that came is one of the contract's, and every code is known. */
  private static void read(EmbeddedDevice device, Set<Integer> closes, Set<Long> ticked) {
    for (EmbeddedGateway.Frame frame : device.peer().received()) {
      assertThat(closes).as("a frame behind the last").isEmpty();
      if (frame.opcode() == WebSocketFrame.CLOSE) {
        int code = ((frame.payload()[0] & 0xFF) << 8) | (frame.payload()[1] & 0xFF);
        assertThat(KNOWN_CLOSES).contains(code);
        closes.add(code);
        continue;
      }
      byte[] text = device.opened(frame);
      switch (ServerFrameType.forNumber(text[0])) {
        case ACCEPTED ->
            ticked.addAll(EmbeddedDevice.parse(Accepted.parser(), text).getCountersList());
        case REFUSED -> {
          Refused refused = EmbeddedDevice.parse(Refused.parser(), text);
          assertThat(KNOWN_CODES).contains(refused.getCode());
          assertThat(refused.getRetryAfterMs()).isNotNegative();
        }
        case PONG -> {}
        case null, default -> throw new AssertionError("it was told type " + text[0]);
      }
    }
  }

  private static void checkCounters(EmbeddedDevice device) {
    Session session = device.session();
    if (session != null) {
      assertThat(session.unaccepted).isBetween(0, 8);
      assertThat(session.unaccepted).isEqualTo(MAILBOX.waiting());
      assertThat(session.subscriptions).isBetween(0, FrameLimits.SUBSCRIPTIONS);
      assertThat(session.strikes).isNotNegative();
      assertThat(session.bucket).isNotNegative();
    }
  }

  private static byte[] frame(FuzzedDataProvider data) {
    if (data.consumeBoolean()) {
      return data.consumeBytes(data.consumeInt(0, BYTES_LIMIT));
    }
    byte[] valid = valid(data);
    if (data.consumeBoolean() && valid.length > 1) {
      valid[data.consumeInt(0, valid.length - 1)] = data.consumeByte();
    }
    return valid;
  }

  private static byte[] valid(FuzzedDataProvider data) {
    ClientFrameType type = data.pickValue(ClientFrameType.values());
    return switch (type) {
      case SEND_TO_ACCOUNT -> encoded(type, toAccount(data));
      case SEND_TO_GROUP -> encoded(type, toGroup(data));
      case ACKNOWLEDGE ->
          encoded(type, Acknowledge.newBuilder().setUpTo(data.consumeLong(-1, 2)).build());
      case SEND_RECEIPTS -> encoded(type, receipts(data));
      case SEND_CALL_SIGNAL -> encoded(type, call(data));
      case SET_PRESENCE ->
          encoded(type, SetPresence.newBuilder().setAvailabilityValue(data.consumeInt()).build());
      case SET_TYPING ->
          encoded(
              type,
              SetTyping.newBuilder()
                  .setTo(data.consumeInt(-1, 300))
                  .setId(id(data))
                  .setInGroup(data.consumeBoolean())
                  .setStateValue(data.consumeInt(-1, 4))
                  .build());
      case SUBSCRIBE -> {
        Subscribe.Builder wish = Subscribe.newBuilder();
        for (int i = data.consumeInt(0, 400); i > 0; i--) {
          wish.addAdd(EmbeddedDevice.ADDRESS.account().bytes());
        }
        for (int i = data.consumeInt(0, 3); i > 0; i--) {
          wish.addRemove(id(data));
        }
        yield encoded(type, wish.build());
      }
      case PING -> encoded(type, Ping.newBuilder().setNumber(data.consumeLong()).build());
      case OPEN, CLIENT_FRAME_UNSPECIFIED, UNRECOGNIZED -> new byte[] {data.consumeByte()};
    };
  }

  private static byte[] encoded(ClientFrameType type, MessageLite message) {
    return Frames.encode(type, message);
  }

  private static SendToGroup toGroup(FuzzedDataProvider data) {
    return SendToGroup.newBuilder()
        .setCounter(data.consumeLong())
        .setTo(data.consumeInt(-1, 300))
        .setGroup(id(data))
        .setCiphertext(bytes(data))
        .setPriorityValue(data.consumeInt(-1, 4))
        .setTimeToLiveS(data.consumeInt())
        .build();
  }

  private static SendReceipts receipts(FuzzedDataProvider data) {
    return SendReceipts.newBuilder()
        .setCounter(data.consumeLong(-1, 40))
        .setTo(data.consumeInt(-1, 300))
        .setAccount(id(data))
        .setDevice(data.consumeInt(-1, 200))
        .setKindValue(data.consumeInt(-1, 4))
        .addCounters(data.consumeLong())
        .build();
  }

  private static SendCallSignal call(FuzzedDataProvider data) {
    return SendCallSignal.newBuilder()
        .setCounter(data.consumeLong(-1, 40))
        .setTo(data.consumeInt(-1, 300))
        .setAccount(id(data))
        .setCall(id(data))
        .setSignalValue(data.consumeInt(-1, 7))
        .addDevices(device(data))
        .build();
  }

  private static SendToAccount toAccount(FuzzedDataProvider data) {
    SendToAccount.Builder send =
        SendToAccount.newBuilder()
            .setCounter(data.consumeLong(-1, 40))
            .setTo(data.consumeInt(-1, 300))
            .setAccount(id(data))
            .setListVersion(data.consumeLong())
            .setPriorityValue(data.consumeInt(-1, 4))
            .setTimeToLiveS(data.consumeInt(-1, FrameLimits.TIME_TO_LIVE_S + 1));
    for (int i = data.consumeInt(0, 3); i > 0; i--) {
      send.addDevices(device(data));
    }
    for (int i = data.consumeInt(0, 2); i > 0; i--) {
      send.addOwnDevices(device(data));
    }
    return send.build();
  }

  private static DeviceCiphertext.Builder device(FuzzedDataProvider data) {
    return DeviceCiphertext.newBuilder()
        .setDevice(data.consumeInt(-1, 130))
        .setCiphertext(bytes(data))
        .setKindValue(data.consumeInt(-1, 5));
  }

  private static ByteString id(FuzzedDataProvider data) {
    return switch (data.consumeInt(0, 3)) {
      case 0 -> ByteString.EMPTY;
      case 1 -> bytes(data);
      default -> new AccountId(data.consumeByte(), 9).bytes();
    };
  }

  private static ByteString bytes(FuzzedDataProvider data) {
    return ByteString.copyFrom(data.consumeBytes(data.consumeInt(0, 20)));
  }
}
