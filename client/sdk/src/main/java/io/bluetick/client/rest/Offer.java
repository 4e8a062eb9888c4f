package io.bluetick.client.rest;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A device that wants to belong to an account, and does not know yet to which.
 *
 * @param noiseKey what it connects with, 32 bytes
 * @param identityKey with libsignal's type byte, 33 bytes
 * @param name what its owner calls it, up to 64 characters
 * @param platform up to 32 characters
 * @param confirmation a MAC over the keys; null in an offer that no primary should take
 */
public record Offer(
    ByteString noiseKey,
    ByteString identityKey,
    String name,
    String platform,
    SignedEcKey signedPreKey,
    KyberKey lastResortKyber,
    @Nullable ByteString confirmation) {

  public Offer {
    Forms.bytes("noiseKey", Forms.NOISE_KEY_BYTES, noiseKey);
    Forms.bytes("identityKey", Forms.EC_KEY_BYTES, identityKey);
    Forms.present("name", name);
    Forms.present("platform", platform);
    Forms.present("signedPreKey", signedPreKey);
    Forms.present("lastResortKyber", lastResortKyber);
  }

  /** The same, vouched for. */
  public Offer confirmedBy(ByteString mac) {
    return new Offer(noiseKey, identityKey, name, platform, signedPreKey, lastResortKyber, mac);
  }
}
