package io.bluetick.client.rest;

import com.google.protobuf.ByteString;

/**
 * A Curve25519 key that is used until its device replaces it.
 *
 * @param publicKey with libsignal's type byte, 33 bytes
 * @param signature of the public key, by the device's identity key
 */
public record SignedEcKey(int id, ByteString publicKey, ByteString signature) {
  public SignedEcKey {
    Forms.bytes("publicKey", Forms.EC_KEY_BYTES, publicKey);
    Forms.bytes("signature", Forms.SIGNATURE_BYTES, signature);
  }
}
