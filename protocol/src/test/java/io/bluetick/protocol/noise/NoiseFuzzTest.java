package io.bluetick.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.bluetick.protocol.noise.Peers.End;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whatever a peer sends ends as the message that was meant or as a typed fault that closes.
 *
 * <p>All keys are fixed, so that an input means the same in every run.
 */
class NoiseFuzzTest {
  private static final byte[] HELLO = Peers.bytes("hello");
  private static final byte[] WELCOME = Peers.bytes("welcome");
  private static final byte[] FIRST = device().write(HELLO);
  private static final byte[] SECOND = answering().write(WELCOME);
  private static final int FRAMES_LIMIT = 8;

  private static final int TEXT_LIMIT_BYTES = 300;

  private enum Target {
    GARBAGE,
    FIRST_MESSAGE,
    SECOND_MESSAGE,
    CHANNEL
  }

  private enum Tampering {
    NONE,
    CUT,
    LENGTHENED,
    OVERWRITTEN
  }

  @FuzzTest(maxDuration = "10s")
  void whatever_a_peer_sends_is_what_was_meant_or_a_typed_fault(FuzzedDataProvider data) {
    switch (data.pickValue(Target.values())) {
      case GARBAGE -> {
        byte[] garbage = data.consumeRemainingAsBytes();
        assertThat(attempt(() -> Peers.read(server(), garbage).payload())).isEmpty();
      }
      case FIRST_MESSAGE -> {
        byte[] sent = tampered(FIRST, data);
        check(sent, FIRST, HELLO, attempt(() -> Peers.read(server(), sent).payload()));
      }
      case SECOND_MESSAGE -> {
        NoiseInitiator device = waiting();
        byte[] sent = tampered(SECOND, data);
        check(sent, SECOND, WELCOME, attempt(() -> Peers.read(device, sent)));
      }
      case CHANNEL -> talk(data);
    }
  }

  /** A stream of frames, some of them not what was sent; the first refusal is the last word. */
  private static void talk(FuzzedDataProvider data) {
    End sender = new End(new NoiseChannel(new byte[64], 0, 0));
    End receiver = new End(new NoiseChannel(new byte[64], 0, 0));
    byte[] previous = {};
    int frames = data.consumeInt(1, FRAMES_LIMIT);
    for (int i = 0; i < frames; i++) {
      byte[] text = data.consumeBytes(data.consumeInt(0, TEXT_LIMIT_BYTES));
      byte[] genuine = sender.seal(text);
      byte[] sent = tampered(data.consumeBoolean() ? previous : genuine, data);
      boolean wasClosed = receiver.channel().isClosed();
      Optional<byte[]> opened = attempt(() -> receiver.open(sent));
      if (wasClosed) {
        assertThat(opened).isEmpty();
      } else {
        check(sent, genuine, text, opened);
        assertThat(receiver.channel().isClosed()).isEqualTo(opened.isEmpty());
      }
      previous = genuine;
    }
  }

  private static void check(
      byte[] sent, byte[] genuine, byte[] meant, Optional<byte[]> understood) {
    if (Arrays.equals(sent, genuine)) {
      assertThat(understood).hasValue(meant);
    } else {
      assertThat(understood).isEmpty();
    }
  }

  /** What a reader understands, or empty if it refuses. Any other exception is a finding. */
  private static Optional<byte[]> attempt(Supplier<byte[]> reading) {
    try {
      return Optional.of(reading.get());
    } catch (NoiseException e) {
      return Optional.empty();
    }
  }

  private static byte[] tampered(byte[] message, FuzzedDataProvider data) {
    return switch (data.pickValue(Tampering.values())) {
      case NONE -> message;
      case CUT -> Arrays.copyOf(message, data.consumeInt(0, message.length));
      case LENGTHENED ->
          Arrays.copyOf(
              message, data.consumeInt(message.length, NoiseCipher.MAX_MESSAGE_BYTES + 1));
      case OVERWRITTEN -> overwritten(message, data);
    };
  }

  private static byte[] overwritten(byte[] message, FuzzedDataProvider data) {
    byte[] overwritten = message.clone();
    int at = data.consumeInt(0, message.length);
    byte[] bytes = data.consumeBytes(data.consumeInt(0, message.length - at));
    System.arraycopy(bytes, 0, overwritten, at, bytes.length);
    return overwritten;
  }

  private static NoiseInitiator device() {
    return new NoiseInitiator(
        Peers.PROLOGUE, Peers.DEVICE, Peers.SERVER.publicKey(), KeyPair.ofSecret(Peers.filled(4)));
  }

  private static NoiseInitiator waiting() {
    NoiseInitiator device = device();
    device.write(HELLO);
    return device;
  }

  private static NoiseResponder server() {
    return new NoiseResponder(
        Peers.PROLOGUE,
        List.of(Peers.SERVER, Peers.OTHER),
        () -> KeyPair.ofSecret(Peers.filled(5)));
  }

  private static NoiseResponder answering() {
    NoiseResponder server = server();
    Peers.read(server, FIRST);
    return server;
  }
}
