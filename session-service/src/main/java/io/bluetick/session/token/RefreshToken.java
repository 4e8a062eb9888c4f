package io.bluetick.session.token;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a device shows to get its next access token: {@code btr_<family>.<secret>}, 16 and 32 random
 * bytes in base64url. The database knows the family and a hash of the secret.
 */
record RefreshToken(UUID family, ByteString secret) {
  /** Of the text. */
  static final int LENGTH = 70;

  private static final Pattern FORM = Pattern.compile("btr_([\\w-]{22})\\.([\\w-]{43})");
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final int SECRET_BYTES = 32;
  private static final int FAMILY_HASH_BYTES = 16;

  static RefreshToken firstOfFamily(SecureRandom random) {
    return new RefreshToken(new UUID(random.nextLong(), random.nextLong()), secret(random));
  }

  RefreshToken next(SecureRandom random) {
    return new RefreshToken(family, secret(random));
  }

  static Optional<RefreshToken> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    ByteBuffer family = ByteBuffer.wrap(Base64.getUrlDecoder().decode(parts.group(1)));
    ByteString secret = ByteString.copyFrom(Base64.getUrlDecoder().decode(parts.group(2)));
    return Optional.of(new RefreshToken(new UUID(family.getLong(), family.getLong()), secret));
  }

  String text() {
    ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
    bytes.putLong(family.getMostSignificantBits()).putLong(family.getLeastSignificantBits());
    return "btr_"
        + BASE64.encodeToString(bytes.array())
        + "."
        + BASE64.encodeToString(secret.toByteArray());
  }

  /** The secret is as random as its hash is long: nobody finds it by trying. */
  byte[] hash() {
    return sha256(secret.toByteArray());
  }

  /** What the family is called where it must not be known, as in Redis. */
  String familyHash() {
    byte[] hash = sha256(family.toString().getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(hash, 0, FAMILY_HASH_BYTES);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK lacks SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "RefreshToken";
  }

  private static ByteString secret(SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return ByteString.copyFrom(secret);
  }
}
