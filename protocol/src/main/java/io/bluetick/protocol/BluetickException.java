package io.bluetick.protocol;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A fault with a code that the caller is told. The message is shown to the caller as well: it says
 * what to do differently, and never holds a body, a token, a key or a phone number.
 */
public class BluetickException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable Duration retryAfter;

  public BluetickException(ErrorCode code, String message) {
    super(message);
    this.code = code;
    this.retryAfter = null;
  }

  /** The same request can succeed after this time. */
  public BluetickException(ErrorCode code, String message, Duration retryAfter) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  public BluetickException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.retryAfter = null;
  }

  public ErrorCode code() {
    return code;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
