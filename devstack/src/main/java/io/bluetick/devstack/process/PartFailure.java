package io.bluetick.devstack.process;

/** A part that cannot be started or stopped. The message is one line and says what to do. */
public final class PartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  public PartFailure(String message) {
    super(message);
  }

  public PartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
