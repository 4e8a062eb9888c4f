package io.bluetick.session.account;

import com.google.protobuf.ByteString;

/**
 * A device that wants to belong to an account.
 *
 * @param noiseKey what it connects with: Curve25519, 32 bytes
 * @param identityKey what its messages are signed and encrypted by: libsignal's form, 33 bytes
 */
public record NewDevice(ByteString noiseKey, ByteString identityKey, String name, String platform) {

  public static final int NOISE_KEY_BYTES = 32;
  public static final int IDENTITY_KEY_BYTES = 33;
}
