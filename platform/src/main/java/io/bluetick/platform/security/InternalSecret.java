package io.bluetick.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * What services show each other on {@code /internal/**}, as {@code Authorization: Internal
 * <secret>}. Nothing else opens these paths and it opens nothing else; without one they are closed.
 */
final class InternalSecret {
  static final String PATHS = "/internal/**";

  private static final String SCHEME = "Internal ";

  private final byte[] expected;
  private final boolean exists;

  InternalSecret(SecuritySettings settings) {
    this.exists = !settings.internalSecret().isEmpty();
    this.expected = (SCHEME + settings.internalSecret()).getBytes(StandardCharsets.UTF_8);
  }

  /** In a time that does not tell how much of the secret was right. */
  boolean isIn(@Nullable String authorization) {
    return exists
        && authorization != null
        && MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.UTF_8));
  }
}
