package io.bluetick.gateway.socket;

import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.Refused;
import java.time.Duration;

/** A frame is refused and the connection goes on. Without a stack trace, like {@link Violation}. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final int retryAfterMs;

  private Refusal(ErrorCode code, String detail, int retryAfterMs) {
    super(detail, null, false, false);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  static Refusal of(ErrorCode code, String detail) {
    return new Refusal(code, detail, 0);
  }

  static Refusal invalid(String detail) {
    return of(ErrorCode.INVALID, detail);
  }

  static Refusal forNow(ErrorCode code, Duration retryAfter) {
    return new Refusal(code, "", Math.toIntExact(retryAfter.toMillis()));
  }

  ErrorCode code() {
    return code;
  }

  /**
   * What the device is told.
   *
   * @param counter of the send that was refused, or 0
   */
  Refused frame(long counter) {
    return Refused.newBuilder()
        .setCode(code.slug())
        .setCounter(counter)
        .setRetryAfterMs(retryAfterMs)
        .setDetail(getMessage() == null ? "" : getMessage())
        .build();
  }
}
