package io.bluetick.protocol;

/**
 * A fault with a code that the caller is told. The message is shown to the caller as well: it says
 * what to do differently, and never holds a body, a token, a key or a phone number.
 */
public class BluetickException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  public BluetickException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public BluetickException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
