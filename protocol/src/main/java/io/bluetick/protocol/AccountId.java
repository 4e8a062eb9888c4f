package io.bluetick.protocol;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The id of an account or of a group: 16 bytes, given once and never again. It says nothing about
 * whom it names.
 */
public record AccountId(long high, long low) {

  public static final int BYTES = 16;

  public static AccountId random(SecureRandom random) {
    return new AccountId(random.nextLong(), random.nextLong());
  }

  /** Throws {@link IllegalArgumentException} unless there are 16 bytes. */
  public static AccountId of(ByteString bytes) {
    if (bytes.size() != BYTES) {
      throw new IllegalArgumentException("an id has 16 bytes, not " + bytes.size());
    }
    ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
    return new AccountId(buffer.getLong(), buffer.getLong());
  }

  /** Throws {@link IllegalArgumentException} unless there are 32 hexadecimal digits. */
  public static AccountId parse(String hex) {
    return of(ByteString.copyFrom(HexFormat.of().parseHex(hex)));
  }

  public ByteString bytes() {
    return ByteString.copyFrom(ByteBuffer.allocate(BYTES).putLong(high).putLong(low).flip());
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
