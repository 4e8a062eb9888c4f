package io.bluetick.client.linking;

import com.google.protobuf.ByteString;
import io.bluetick.client.rest.KyberKey;
import io.bluetick.client.rest.Offer;
import io.bluetick.client.rest.SignedEcKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The companion's word for the keys that it offers, which the server cannot give: HMAC-SHA256 by a
 * key that only the QR code shows.
 *
 * <p>Over, each of them behind its length as four bytes, big endian: {@value #CONTEXT}, the
 * companion's ephemeral key, noise key, identity key, then id (four bytes alone), public key and
 * signature of the signed pre-key and of the last resort. The name and the platform are left out:
 * they are labels, which the server may rewrite at any time.
 */
final class Confirmation {
  static final String CONTEXT = "bluetick.v1.linking.confirmation";

  private static final String HMAC = "HmacSHA256";

  private Confirmation() {}

  static ByteString of(ByteString key, ByteString ephemeralKey, Offer offer) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key.toByteArray(), HMAC));
      add(mac, ByteString.copyFrom(CONTEXT, StandardCharsets.US_ASCII));
      add(mac, ephemeralKey);
      add(mac, offer.noiseKey());
      add(mac, offer.identityKey());
      SignedEcKey signed = offer.signedPreKey();
      mac.update(fourBytes(signed.id()));
      add(mac, signed.publicKey());
      add(mac, signed.signature());
      KyberKey last = offer.lastResortKyber();
      mac.update(fourBytes(last.id()));
      add(mac, last.publicKey());
      add(mac, last.signature());
      return ByteString.copyFrom(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256", e);
    }
  }

  /** Whether the offer is the one that was vouched for in the code. */
  static boolean holds(LinkingCode code, Offer offer) {
    ByteString given = offer.confirmation();
    return given != null
        && MessageDigest.isEqual(
            given.toByteArray(),
            of(code.confirmationKey(), code.ephemeralKey(), offer).toByteArray());
  }

  private static void add(Mac mac, ByteString bytes) {
    mac.update(fourBytes(bytes.size()));
    mac.update(bytes.toByteArray());
  }

  private static byte[] fourBytes(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }
}
