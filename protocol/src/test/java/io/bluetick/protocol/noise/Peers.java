package io.bluetick.protocol.noise;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** A device and a server whose keys are the same in every run. */
final class Peers {
  static final byte[] PROLOGUE = bytes("bluetick test");
  static final StaticKeys DEVICE = StaticKeys.ofPrivate(filled(1));
  static final StaticKeys SERVER = StaticKeys.ofPrivate(filled(2));
  static final StaticKeys OTHER = StaticKeys.ofPrivate(filled(3));

  private static final SecureRandom RANDOM = new SecureRandom();

  private Peers() {}

  static NoiseInitiator initiator() {
    return initiator(DEVICE, SERVER.publicKey());
  }

  static NoiseInitiator initiator(StaticKeys device, byte[] serverPublicKey) {
    return new NoiseInitiator(PROLOGUE, device, serverPublicKey, RANDOM);
  }

  static NoiseResponder responder(StaticKeys... keys) {
    return new NoiseResponder(PROLOGUE, keys.length == 0 ? List.of(SERVER) : List.of(keys), RANDOM);
  }

  static NoiseResponder.Opening read(NoiseResponder responder, byte[] message) {
    return responder.read(message, 0, message.length);
  }

  static byte[] read(NoiseInitiator initiator, byte[] message) {
    return initiator.read(message, 0, message.length);
  }

  /** Two ends of a connection, each with a cipher of its own. */
  static Connection connect() {
    NoiseInitiator initiator = initiator();
    NoiseResponder responder = responder();
    read(responder, initiator.write(bytes("hello")));
    read(initiator, responder.write(bytes("welcome")));
    return new Connection(new End(initiator.channel()), new End(responder.channel()));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] filled(int value) {
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) value);
    return key;
  }

  static byte[] withFlippedBit(byte[] message, int bit) {
    byte[] altered = message.clone();
    altered[bit / 8] ^= (byte) (1 << (bit % 8));
    return altered;
  }

  record Connection(End device, End server) {}

  record End(NoiseChannel channel, NoiseCipher cipher) {
    End(NoiseChannel channel) {
      this(channel, new NoiseCipher());
    }

    byte[] seal(byte[] plaintext) {
      byte[] message = new byte[plaintext.length + NoiseCipher.TAG_BYTES];
      cipher.seal(channel, plaintext, 0, plaintext.length, message, 0);
      return message;
    }

    byte[] open(byte[] message) {
      byte[] plaintext = new byte[Math.max(0, message.length - NoiseCipher.TAG_BYTES)];
      cipher.open(channel, message, 0, message.length, plaintext, 0);
      return plaintext;
    }
  }
}
