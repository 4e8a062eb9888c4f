package io.bluetick.app.command;

/** How a command ended, for scripts. The help lists them. */
enum ExitCode {
  OK(0),
  FAILED(1),
  USAGE(2),
  UNREACHABLE(3),
  IN_USE(4),
  WRONG_PASSPHRASE(5),
  NOT_REGISTERED(6),
  TOO_SLOW(7),
  HELD(8),
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
