package io.bluetick.client.linking;

/** Checks signatures (XEdDSA) of identity keys. */
public interface SignatureCheck {

  /**
   * False as well for what is no key or no signature.
   *
   * @param identityKey with libsignal's type byte, 33 bytes
   */
  boolean verify(byte[] identityKey, byte[] message, byte[] signature);
}
