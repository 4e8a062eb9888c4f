package io.bluetick.gateway.socket;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.Wire;
import io.bluetick.protocol.noise.NoiseChannel;
import io.bluetick.protocol.noise.NoiseCipher;
import io.bluetick.protocol.noise.NoiseInitiator;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.Open;
import java.lang.reflect.Field;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A device with an open session in an {@link EmbeddedGateway}, always the same one.
 *
 * @param channel its end of the Noise channel
 */
record EmbeddedDevice(EmbeddedGateway.Peer peer, NoiseChannel channel, NoiseCipher cipher) {
  static final DeviceAddress ADDRESS = new DeviceAddress(new AccountId(1, 2), 3);

  private static final int BINARY = 0x80 | WebSocketFrame.BINARY;
  private static final StaticKeys KEY = StaticKeys.ofPrivate(EmbeddedGateway.filled(2));
  private static final Field SESSION = sessionField();

  static EmbeddedDevice open(EmbeddedGateway gateway) {
    EmbeddedGateway.Peer peer = gateway.connect();
    NoiseInitiator initiator =
        new NoiseInitiator(Wire.prologue(), KEY, gateway.key.publicKey(), new SecureRandom());
    byte[] hello = TestDevice.hello(ADDRESS).build().toByteArray();
    peer.send(RawSocket.frame(BINARY, initiator.write(hello)));
    gateway.awaitTask();
    byte[] greeting = peer.received().getFirst().payload();
    initiator.read(greeting, 0, greeting.length);
    EmbeddedDevice device = new EmbeddedDevice(peer, initiator.channel(), new NoiseCipher());
    device.say(Frames.encode(ClientFrameType.OPEN, Open.getDefaultInstance()));
    gateway.awaitTask();
    device.opened(peer.received().getFirst());
    return device;
  }

  /** Sends a frame, whatever it holds. */
  void say(byte[] frame) {
    byte[] sealed = new byte[frame.length + NoiseCipher.TAG_BYTES];
    cipher.seal(channel, frame, 0, frame.length, sealed, 0);
    peer.send(RawSocket.frame(BINARY, sealed));
  }

  byte[] opened(EmbeddedGateway.Frame frame) {
    byte[] text = new byte[frame.payload().length - NoiseCipher.TAG_BYTES];
    cipher.open(channel, frame.payload(), 0, frame.payload().length, text, 0);
    return text;
  }

  static <T> T parse(Parser<T> parser, byte[] frame) {
    try {
      return Frames.decode(parser, frame, 0, frame.length);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** What the gateway knows of it; null when that is over. */
  @Nullable Session session() {
    return sessionOf(peer.connection);
  }

  static @Nullable Session sessionOf(SocketConnection connection) {
    try {
      return (Session) SESSION.get(connection);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Field sessionField() {
    try {
      Field field = SocketConnection.class.getDeclaredField("session");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }
}
