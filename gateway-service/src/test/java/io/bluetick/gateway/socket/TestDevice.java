package io.bluetick.gateway.socket;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.Wire;
import io.bluetick.protocol.noise.NoiseChannel;
import io.bluetick.protocol.noise.NoiseCipher;
import io.bluetick.protocol.noise.NoiseInitiator;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Greeting;
import io.bluetick.protocol.v1.Hello;
import io.bluetick.protocol.v1.Open;
import io.bluetick.protocol.v1.ServerFrameType;
import io.bluetick.protocol.v1.Welcome;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A device, one blocking step at a time. */
final class TestDevice extends RawSocket {
  private static final int BINARY = 0x80 | WebSocketFrame.BINARY;

  private final NoiseCipher cipher = new NoiseCipher();
  private final NoiseInitiator initiator;
  private @Nullable NoiseChannel channel;
  private Greeting greeting = Greeting.getDefaultInstance();

  /** A device that has sent nothing yet. */
  TestDevice(int port, byte[] serverKey, StaticKeys key) throws IOException {
    super(port);
    initiator = new NoiseInitiator(Wire.prologue(), key, serverKey, new SecureRandom());
  }

  static StaticKeys newKey() {
    return StaticKeys.generate(new SecureRandom());
  }

  static Hello.Builder hello(DeviceAddress device) {
    return Hello.newBuilder()
        .setVersion(Wire.VERSION)
        .setAccount(device.account().bytes())
        .setDevice(device.device());
  }

  /** Connects up to Welcome. */
  static TestDevice open(TestGateway gateway, DeviceAddress address, StaticKeys key)
      throws IOException {
    return open(gateway, address, key, 0);
  }

  static TestDevice open(
      TestGateway gateway, DeviceAddress address, StaticKeys key, long acknowledged)
      throws IOException {
    return open(gateway.port(), gateway.publicKey(), address, key, acknowledged);
  }

  static TestDevice open(
      int port, byte[] serverKey, DeviceAddress address, StaticKeys key, long acknowledged)
      throws IOException {
    TestDevice device = new TestDevice(port, serverKey, key);
    device.upgrade();
    device.shakeHands(hello(address).build());
    device.send(ClientFrameType.OPEN, Open.newBuilder().setAcknowledged(acknowledged).build());
    device.expect(ServerFrameType.WELCOME, Welcome.parser());
    return device;
  }

  byte[] firstMessage(Hello hello) {
    return initiator.write(hello.toByteArray());
  }

  void shakeHands(Hello hello) throws IOException {
    sendFrame(BINARY, firstMessage(hello));
    byte[] answer = readFrame().payload();
    greeting = Greeting.parseFrom(initiator.read(answer, 0, answer.length));
    channel = initiator.channel();
  }

  Greeting greeting() {
    return greeting;
  }

  byte[] seal(byte[] frame) {
    byte[] sealed = new byte[frame.length + NoiseCipher.TAG_BYTES];
    cipher.seal(requireChannel(), frame, 0, frame.length, sealed, 0);
    return sealed;
  }

  void send(ClientFrameType type, MessageLite message) throws IOException {
    sendRaw(Frames.encode(type, message));
  }

  /** Several frames in one write. */
  void sendTogether(ClientFrameType type, MessageLite... messages) throws IOException {
    byte[] all = {};
    for (MessageLite message : messages) {
      byte[] frame = frame(BINARY, seal(Frames.encode(type, message)));
      all = Arrays.copyOf(all, all.length + frame.length);
      System.arraycopy(frame, 0, all, all.length - frame.length, frame.length);
    }
    write(all);
  }

  void sendRaw(byte[] frame) throws IOException {
    sendFrame(BINARY, seal(frame));
  }

  /** The next frame, opened. */
  byte[] read() throws IOException {
    Frame frame = readFrame();
    if (frame.opcode() != WebSocketFrame.BINARY) {
      throw new AssertionError(
          "no frame but opcode "
              + frame.opcode()
              + " "
              + (frame.opcode() == WebSocketFrame.CLOSE
                  ? frame.closeCode() + " " + frame.closeReason()
                  : ""));
    }
    byte[] payload = frame.payload();
    byte[] opened = new byte[payload.length - NoiseCipher.TAG_BYTES];
    cipher.open(requireChannel(), payload, 0, payload.length, opened, 0);
    return opened;
  }

  <T> T expect(ServerFrameType type, Parser<T> parser) throws IOException {
    byte[] frame = read();
    if (frame[0] != type.getNumber()) {
      throw new AssertionError("not " + type + " but " + ServerFrameType.forNumber(frame[0]));
    }
    try {
      return Frames.decode(parser, frame, 0, frame.length);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private NoiseChannel requireChannel() {
    if (channel == null) {
      throw new AssertionError("no channel yet");
    }
    return channel;
  }
}
