package io.bluetick.message.mailbox;

/** A promise was broken in a simulated world. */
final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Violation(String message) {
    super(message);
  }
}
