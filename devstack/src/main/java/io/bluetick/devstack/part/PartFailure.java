package io.bluetick.devstack.part;

/** A part that cannot be started or stopped. The message is one line and says what to do. */
public final class PartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final String line;

  public PartFailure(String line) {
    super(line);
    this.line = line;
  }

  public PartFailure(String line, Throwable cause) {
    super(line, cause);
    this.line = line;
  }

  @Override
  public String getMessage() {
    return line;
  }
}
