package io.bluetick.message.mailbox;

/** How long nothing was heard of a device. */
final class Patience {
  private final long resendMs;
  private final long lookMs;
  private long progressMs;
  private long repeatedMs;
  private long lookedMs;

  Patience(Bounds bounds) {
    this.resendMs = bounds.resend().toMillis();
    this.lookMs = bounds.look().toMillis();
  }

  /** The device was heard of, or is sent something after nothing. */
  void progress(long nowMs) {
    progressMs = nowMs;
  }

  void looked(long nowMs) {
    lookedMs = nowMs;
  }

  /** Whether to send again; once. */
  boolean mustRepeat(long nowMs) {
    boolean must = nowMs - Math.max(progressMs, repeatedMs) >= resendMs;
    repeatedMs = must ? nowMs : repeatedMs;
    return must;
  }

  /** Whether to look where it is, though it should be there; once. */
  boolean mustLook(long nowMs) {
    return nowMs - progressMs >= lookMs && mayLook(nowMs);
  }

  /** Whether it was not looked for lately; once. */
  boolean mayLook(long nowMs) {
    boolean may = nowMs - lookedMs >= lookMs;
    lookedMs = may ? nowMs : lookedMs;
    return may;
  }
}
