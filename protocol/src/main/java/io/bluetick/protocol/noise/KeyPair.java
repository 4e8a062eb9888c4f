package io.bluetick.protocol.noise;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** An X25519 key pair, static or ephemeral. */
final class KeyPair {
  static final int KEY_BYTES = X25519.POINT_SIZE;

  private final byte[] secretKey;
  private final byte[] publicKey;

  /** Takes the arrays as they are. Only tests hand over halves that do not belong together. */
  KeyPair(byte[] secretKey, byte[] publicKey) {
    this.secretKey = secretKey;
    this.publicKey = publicKey;
  }

  static KeyPair generate(SecureRandom random) {
    byte[] secretKey = new byte[KEY_BYTES];
    X25519.generatePrivateKey(random, secretKey);
    return ofOwned(secretKey);
  }

  static KeyPair ofSecret(byte[] secretKey) {
    return ofOwned(copyOfKey(secretKey));
  }

  private static KeyPair ofOwned(byte[] secretKey) {
    byte[] publicKey = new byte[KEY_BYTES];
    X25519.generatePublicKey(secretKey, 0, publicKey, 0);
    return new KeyPair(secretKey, publicKey);
  }

  static byte[] copyOfKey(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes, not " + key.length);
    }
    return key.clone();
  }

  byte[] secretKey() {
    return secretKey;
  }

  byte[] publicKey() {
    return publicKey;
  }

  /** The secret shared with the holder of a public key. The caller wipes it. */
  byte[] agree(byte[] otherPublicKey) {
    byte[] secret = new byte[KEY_BYTES];
    if (!X25519.calculateAgreement(secretKey, 0, otherPublicKey, 0, secret, 0)) {
      throw new NoiseException(NoiseFault.LOW_ORDER_KEY);
    }
    return secret;
  }

  void wipe() {
    Arrays.fill(secretKey, (byte) 0);
  }
}
