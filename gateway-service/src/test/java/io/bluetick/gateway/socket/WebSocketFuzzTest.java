package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.Wire;
import io.bluetick.protocol.noise.NoiseInitiator;
import io.bluetick.protocol.noise.StaticKeys;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whatever bytes a stranger sends behind the upgrade, in whatever pieces: the connection waits for
 * more, or is closed with a reason that stands in the contract, and nothing of it is left.
 */
class WebSocketFuzzTest {
  /** What came of one message and one read; buffers grow by doubling. */
  private static final int MEMORY_LIMIT_BYTES = 4 * WebSocketFrame.MAX_PAYLOAD_BYTES + 4 * 1_024;

  private static final int PIECE_LIMIT_BYTES = 300;
  private static final int NORMAL_CLOSE = 1_000;

  /** In place of a close code: it could be each. */
  private static final int ANY = -1;

  private static final Set<Integer> KNOWN =
      Arrays.stream(ErrorCode.values()).map(ErrorCode::closeCode).collect(Collectors.toSet());

  private static final EmbeddedGateway GATEWAY =
      new EmbeddedGateway(Map.of(), new RecordingTopic(), new RecordingTopic());
  private static final byte[] FIRST_MESSAGE = firstMessage();

  private enum Piece {
    BYTES,
    FRAME,
    FIRST_MESSAGE,
    LONG_FRAME
  }

  private static byte[] firstMessage() {
    StaticKeys device = StaticKeys.ofPrivate(EmbeddedGateway.filled(2));
    return new NoiseInitiator(Wire.prologue(), device, GATEWAY.key.publicKey(), new SecureRandom())
        .write(TestDevice.hello(new DeviceAddress(new AccountId(1, 2), 0)).build().toByteArray());
  }

  @FuzzTest(maxDuration = "10s")
  void whatever_a_stranger_sends_is_waited_on_or_ends_with_a_reason(FuzzedDataProvider data) {
    EmbeddedGateway.Peer peer = GATEWAY.connect();
    List<EmbeddedGateway.Frame> received = new ArrayList<>();
    Set<Integer> closesSent = new HashSet<>();
    while (data.remainingBytes() > 0 && peer.channel.isOpen()) {
      byte[] bytes = next(data, closesSent);
      for (int at = 0; at < bytes.length && peer.channel.isOpen(); ) {
        while (peer.channel.isOpen() && !peer.isRead()) {
          GATEWAY.awaitTask(); // It reads on when it has its answer, or never: a finding.
        }
        int rest = bytes.length - at;
        int piece = data.remainingBytes() == 0 ? rest : data.consumeInt(1, rest);
        peer.send(Arrays.copyOfRange(bytes, at, at + piece));
        at += piece;
        assertThat(peer.usedBytes()).isLessThan(MEMORY_LIMIT_BYTES);
        received.addAll(peer.received());
      }
    }
    while (peer.channel.isOpen() && !peer.isRead()) {
      GATEWAY.awaitTask();
    }
    received.addAll(peer.received());
    check(received, peer, closesSent);
    peer.hangUp();
    assertThat(peer.usedBytes()).isZero();
    assertThat(GATEWAY.known()).isZero();
    assertThat(GATEWAY.sockets.connections()).isZero();
    assertThat(GATEWAY.openings.count()).isZero();
  }

  private static void check(
      List<EmbeddedGateway.Frame> received, EmbeddedGateway.Peer peer, Set<Integer> closesSent) {
    List<Integer> opcodes = received.stream().map(EmbeddedGateway.Frame::opcode).toList();
    int closes = (int) opcodes.stream().filter(code -> code == WebSocketFrame.CLOSE).count();
    if (closes == 0) {
      assertThat(peer.channel.isOpen()).as("closed without a word").isTrue();
    } else {
      assertThat(closes).isOne();
      assertThat(opcodes).last().isEqualTo(WebSocketFrame.CLOSE);
      byte[] close = received.getLast().payload();
      int code = ((close[0] & 0xFF) << 8) | (close[1] & 0xFF);
      if (!closesSent.contains(ANY) && !closesSent.contains(code) && code != NORMAL_CLOSE) {
        assertThat(KNOWN).contains(code);
      }
    }
    assertThat(opcodes)
        .isSubsetOf(WebSocketFrame.PONG, WebSocketFrame.BINARY, WebSocketFrame.CLOSE);
    assertThat(opcodes.stream().filter(code -> code == WebSocketFrame.BINARY).count())
        .as("greetings")
        .isLessThanOrEqualTo(1);
  }

  private static byte[] next(FuzzedDataProvider data, Set<Integer> closesSent) {
    return switch (data.pickValue(Piece.values())) {
      case BYTES -> {
        byte[] bytes = data.consumeBytes(data.consumeInt(1, PIECE_LIMIT_BYTES));
        mayClose(bytes, closesSent);
        yield bytes;
      }
      case FRAME -> {
        int first = data.consumeByte() & 0xFF;
        byte[] payload = data.consumeBytes(data.consumeInt(0, PIECE_LIMIT_BYTES));
        if (payload.length >= 2) {
          closesSent.add(((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF));
        }
        yield RawSocket.frame(first, payload);
      }
      case FIRST_MESSAGE -> RawSocket.frame(0x80 | WebSocketFrame.BINARY, FIRST_MESSAGE);
      case LONG_FRAME ->
          RawSocket.frame(
              data.pickValue(new int[] {0x02, 0x82, 0x00, 0x80}),
              new byte[data.consumeInt(0, 1 << 16)]);
    };
  }

  /** A close among arbitrary bytes may say anything; so any code is taken for said. */
  private static void mayClose(byte[] bytes, Set<Integer> closesSent) {
    for (byte each : bytes) {
      if ((each & 0x0F) == WebSocketFrame.CLOSE) {
        closesSent.add(ANY);
        return;
      }
    }
  }
}
