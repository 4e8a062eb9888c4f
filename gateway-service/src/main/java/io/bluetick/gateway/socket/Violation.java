package io.bluetick.gateway.socket;

import io.bluetick.protocol.ErrorCode;

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
}
