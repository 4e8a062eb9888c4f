package io.bluetick.gateway.socket;

import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.noise.NoiseException;
import io.bluetick.protocol.noise.NoiseFault;

/**
 * The peer broke the contract in a way that ends its connection. It can do so at will, so there is
 * no stack trace: the code says all there is to know.
 */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  Violation(ErrorCode code) {
    super(code.slug(), null, false, false);
    this.code = code;
  }

  ErrorCode code() {
    return code;
  }

  /** What the peer is told of a Noise message that was refused. */
  static ErrorCode codeOf(NoiseException refused) {
    NoiseFault fault = refused.fault();
    return switch (fault) {
      case TRUNCATED -> ErrorCode.BAD_REQUEST;
      case TOO_LONG -> ErrorCode.PAYLOAD_TOO_LARGE;
      case FORGED, LOW_ORDER_KEY, UNKNOWN_SERVER_KEY, CLOSED -> ErrorCode.UNAUTHENTICATED;
      case NONCE_EXHAUSTED -> ErrorCode.UNAVAILABLE;
    };
  }
}
