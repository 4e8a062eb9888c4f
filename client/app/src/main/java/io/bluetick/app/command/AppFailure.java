package io.bluetick.app.command;

/** Expected trouble: one clear line for a person, a number for a script. */
final class AppFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  AppFailure(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
