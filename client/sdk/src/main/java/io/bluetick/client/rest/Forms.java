package io.bluetick.client.rest;

import com.google.protobuf.ByteString;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What values must look like, whether they come from the caller or from the server. What is said of
 * one that does not never quotes it.
 */
final class Forms {
  static final int EC_KEY_BYTES = 33;
  static final int NOISE_KEY_BYTES = 32;
  static final int KYBER_KEY_BYTES = 1569;
  static final int SIGNATURE_BYTES = 64;

  /** Names a verification; stands in paths. */
  static final Pattern SESSION = Pattern.compile("[0-9a-f]{32}");

  /** Names an offer, 16 bytes of base64url; stands in paths. */
  static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9_-]{22}");

  /** The secret of an offer, 32 bytes of base64url; stands in a header. */
  static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** Stands in a header. */
  static final Pattern ACCESS_TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,4096}");

  private Forms() {}

  /** Jackson hands over what is missing as null, whatever the types say. */
  static <T> T present(String name, @Nullable T value) {
    return Objects.requireNonNull(value, name);
  }

  static ByteString bytes(String name, int length, ByteString value) {
    if (present(name, value).size() != length) {
      throw new IllegalArgumentException(name + " has " + value.size() + " bytes, not " + length);
    }
    return value;
  }

  static String text(String name, Pattern form, String value) {
    if (!form.matcher(present(name, value)).matches()) {
      throw new IllegalArgumentException(name + " has a wrong form");
    }
    return value;
  }
}
