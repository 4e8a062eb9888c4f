package io.bluetick.message.mailbox;

/** How far the owner of a partition has come, and what others may have left in the inbox. */
final class Custody {
  private final long endOfLog;
  private final long suspectUntilMs;
  private long handledUpTo;

  /**
   * Begins.
   *
   * @param committed where the log is read on: all before is in the inbox if it is needed
   * @param endOfLog no row was newer
   * @param suspectUntilMs until then the former owner may still save rows
   */
  Custody(long committed, long endOfLog, long suspectUntilMs) {
    this.handledUpTo = committed - 1;
    this.endOfLog = endOfLog;
    this.suspectUntilMs = suspectUntilMs;
  }

  /** Not always in order: what concerns somebody unknown waits until he is known. */
  void handled(long sequence) {
    handledUpTo = Math.max(handledUpTo, sequence);
  }

  /** What is newer comes from the log, even if a former owner has saved it already. */
  long handledUpTo() {
    return handledUpTo;
  }

  long endOfLog() {
    return endOfLog;
  }

  boolean isSuspect(long nowMs) {
    return nowMs < suspectUntilMs;
  }
}
