package io.bluetick.client.rest;

import com.google.protobuf.ByteString;

/**
 * A Kyber-1024 key.
 *
 * @param id counted upwards by its device, for keys that are used once
 * @param publicKey with libsignal's type byte, 1569 bytes
 * @param signature of the public key, by the device's identity key
 */
public record KyberKey(int id, ByteString publicKey, ByteString signature) {
  public KyberKey {
    Forms.bytes("publicKey", Forms.KYBER_KEY_BYTES, publicKey);
    Forms.bytes("signature", Forms.SIGNATURE_BYTES, signature);
  }
}
