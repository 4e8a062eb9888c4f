package io.bluetick.client.signal;

import org.signal.libsignal.protocol.IdentityKey;
import org.signal.libsignal.protocol.InvalidKeyException;

/** Signatures of identity keys. */
public final class Signatures {
  private Signatures() {}

  /** False as well for what is no key or no signature. */
  public static boolean verify(byte[] identityKey, byte[] text, byte[] signature) {
    try {
      return new IdentityKey(identityKey).getPublicKey().verifySignature(text, signature);
    } catch (InvalidKeyException e) {
      return false;
    }
  }
}
