package io.bluetick.message.mailbox;

/**
 * What is owed to a device that is there and was sent nothing: nothing will be heard of it, so
 * whoever takes the partition over must read the command that this began with.
 */
final class Greeting {
  private static final long NONE = 0;

  private long owedSince = NONE;

  void isOwed(boolean isOwed, Custody custody) {
    if (!isOwed) {
      owedSince = NONE;
    } else if (owedSince == NONE) {
      owedSince = custody.handling();
    }
  }

  /** How much of the log may be given up. */
  long mayGiveUp(long upTo) {
    return owedSince == NONE ? upTo : Math.min(upTo, owedSince - 1);
  }
}
