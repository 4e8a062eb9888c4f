package io.bluetick.session.linking;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Where an offer is: 16 random bytes that the companion shows to its primary and to nobody else.
 */
record OfferAddress(ByteString bytes) {
  static final int BYTES = 16;

  static OfferAddress random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new OfferAddress(ByteString.copyFrom(bytes));
  }

  /** Throws {@code invalid} unless it is base64url of 16 bytes. */
  static OfferAddress parse(String text) {
    ByteString bytes = Hashes.fromBase64Url(text);
    if (bytes.size() != BYTES) {
      throw new BluetickException(ErrorCode.INVALID, "This is no address of an offer.");
    }
    return new OfferAddress(bytes);
  }

  /** What it is kept under: who reads Redis cannot use the address. */
  String name() {
    return Hashes.of(bytes);
  }

  @Override
  public String toString() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }
}
