package io.bluetick.client.rest;

import com.google.protobuf.ByteString;

/**
 * A Curve25519 key that is used once.
 *
 * @param id counted upwards by its device
 * @param publicKey with libsignal's type byte, 33 bytes
 */
public record EcKey(int id, ByteString publicKey) {
  public EcKey {
    Forms.bytes("publicKey", Forms.EC_KEY_BYTES, publicKey);
  }
}
