package io.bluetick.message.mailbox;

import io.bluetick.protocol.AccountId;
import java.util.Map;

/**
 * How far the owner of a partition has come, what others may have left in the inbox, and how much
 * room there is.
 */
final class Custody {
  private static final int TIGHT = 16;

  private final long endOfLog;
  private final long suspectUntilMs;
  private final Bounds bounds;
  private long handledUpTo;
  private long handling;
  private boolean isTight;
  private Map<AccountId, Long> parked = Map.of();

  /**
   * Begins.
   *
   * @param committed where the log is read on: all before is in the inbox if it is needed
   * @param endOfLog no row was newer
   * @param suspectUntilMs until then the former owner may still save rows
   */
  Custody(long committed, long endOfLog, long suspectUntilMs, Bounds bounds) {
    this.handledUpTo = committed - 1;
    this.handling = committed - 1;
    this.endOfLog = endOfLog;
    this.suspectUntilMs = suspectUntilMs;
    this.bounds = bounds;
  }

  /** Not always in order: what concerns somebody unknown waits until he is known. */
  void handled(long sequence) {
    handling = sequence;
    handledUpTo = Math.max(handledUpTo, sequence);
  }

  /** The latest that was handled, which may have waited for others. */
  long handling() {
    return handling;
  }

  /** From here on all comes from the log, even if a former owner has saved it already. */
  long next(AccountId account) {
    return Math.min(handledUpTo + 1, parked.getOrDefault(account, Long.MAX_VALUE));
  }

  void parked(Map<AccountId, Long> from) {
    parked = from;
  }

  long endOfLog() {
    return endOfLog;
  }

  boolean isSuspect(long nowMs) {
    return nowMs < suspectUntilMs;
  }

  void isTight(boolean isTightNow) {
    isTight = isTightNow;
  }

  /** So many stanzas may be on their way to a device. */
  int window() {
    return isTight ? Math.max(1, bounds.window() / TIGHT) : bounds.window();
  }
}
