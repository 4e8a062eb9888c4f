package io.bluetick.session.linking;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What the companion proves with that an offer is its own: 32 random bytes. It does not print
 * itself.
 */
record OfferSecret(ByteString bytes) {
  static final int BYTES = 32;

  static OfferSecret random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new OfferSecret(ByteString.copyFrom(bytes));
  }

  /** What is something else fits no offer. */
  static OfferSecret parse(String text) {
    return new OfferSecret(Hashes.fromBase64Url(text));
  }

  String hash() {
    return Hashes.of(bytes);
  }

  String text() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  @Override
  public String toString() {
    return "OfferSecret";
  }
}
