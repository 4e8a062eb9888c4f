package io.bluetick.client.rest;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that failed: the server refused it, or there was no answer that could be understood. Names
 * the operation as the server's own document does, and never holds a path, a body, a token, a key,
 * a code or a number.
 */
public abstract sealed class ApiException extends RuntimeException
    permits RefusedException, UnreachableException {
  private static final long serialVersionUID = 1L;

  private final String operation;
  private final @Nullable Duration retryAfter;

  ApiException(
      String operation, String what, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(operation + ": " + what, cause);
    this.operation = operation;
    this.retryAfter = retryAfter;
  }

  /** What was asked, such as {@code refreshTokens}. */
  public final String operation() {
    return operation;
  }

  /** How long the server asks to be left alone. */
  public final Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Whether the same call can succeed without being changed. */
  public abstract boolean isRetryable();
}
