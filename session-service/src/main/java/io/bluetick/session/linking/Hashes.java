package io.bluetick.session.linking;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Hashes of what is random and long enough that nobody can try it. */
final class Hashes {

  private Hashes() {}

  /** SHA-256 in base64url. */
  static String of(ByteString secret) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.toByteArray());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }

  /** In constant time. */
  static boolean areEqual(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }

  /** No bytes if it is something else. */
  static ByteString fromBase64Url(String text) {
    try {
      return ByteString.copyFrom(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      return ByteString.EMPTY;
    }
  }
}
