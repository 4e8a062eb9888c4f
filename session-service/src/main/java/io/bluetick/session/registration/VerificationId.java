package io.bluetick.session.registration;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The id of a verification session. Who has it may guess the code, and use what is verified: so the
 * database knows a hash of it alone, and it does not print itself.
 */
record VerificationId(ByteString bytes) {
  static final int BYTES = 16;

  static VerificationId random(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new VerificationId(ByteString.copyFrom(bytes));
  }

  /** Empty unless there are 32 hexadecimal digits. */
  static Optional<VerificationId> parse(String hex) {
    if (hex.length() != 2 * BYTES) {
      return Optional.empty();
    }
    try {
      byte[] bytes = HexFormat.of().parseHex(hex);
      return Optional.of(new VerificationId(ByteString.copyFrom(bytes)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  String hex() {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  @Override
  public String toString() {
    return "VerificationId";
  }
}
