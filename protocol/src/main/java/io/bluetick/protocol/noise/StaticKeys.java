package io.bluetick.protocol.noise;

import java.security.SecureRandom;

/** The long-lived key pair by which a device or the server is known. */
public final class StaticKeys {
  public static final int KEY_BYTES = KeyPair.KEY_BYTES;

  private final KeyPair pair;

  StaticKeys(KeyPair pair) {
    this.pair = pair;
  }

  public static StaticKeys generate(SecureRandom random) {
    return new StaticKeys(KeyPair.generate(random));
  }

  /** The pair of a stored private key. */
  public static StaticKeys ofPrivate(byte[] privateKey) {
    return new StaticKeys(KeyPair.ofSecret(privateKey));
  }

  /** A copy, to be registered or pinned. */
  public byte[] publicKey() {
    return pair.publicKey().clone();
  }

  /** A copy, to be stored where nobody else reads. */
  public byte[] privateKey() {
    return pair.secretKey().clone();
  }

  KeyPair pair() {
    return pair;
  }

  @Override
  public String toString() {
    return "StaticKeys";
  }
}
