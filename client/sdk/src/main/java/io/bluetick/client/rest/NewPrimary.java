package io.bluetick.client.rest;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.v1.SignedDeviceList;
import org.jspecify.annotations.Nullable;

/**
 * A device that wants to be the primary of a verified number's account.
 *
 * @param session in which the number was verified
 * @param identityKey with libsignal's type byte, 33 bytes
 * @param noiseKey what it connects with, 32 bytes
 * @param name what its owner calls it, up to 64 characters
 * @param keys with both that are not used up
 * @param signedList of the version that the verification told, with this device alone
 * @param pin if the number's account is guarded by one
 */
public record NewPrimary(
    String session,
    ByteString identityKey,
    ByteString noiseKey,
    String name,
    Platform platform,
    KeySet keys,
    SignedDeviceList signedList,
    @Nullable String pin) {

  public NewPrimary {
    Forms.text("session", Forms.SESSION, session);
    Forms.bytes("identityKey", Forms.EC_KEY_BYTES, identityKey);
    Forms.bytes("noiseKey", Forms.NOISE_KEY_BYTES, noiseKey);
    Forms.present("keys.signedPreKey", keys.signedPreKey());
    Forms.present("keys.lastResortKyber", keys.lastResortKyber());
  }

  @Override
  public String toString() {
    return "NewPrimary";
  }
}
