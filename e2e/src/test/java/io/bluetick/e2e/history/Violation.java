package io.bluetick.e2e.history;

/** A promise that was not kept. */
public record Violation(MessageId message, Kind kind, String detail) {

  /** What was promised. */
  public enum Kind {
    /** No device shows it. */
    LOST,
    /** Its sender never got a tick. */
    NEVER_TICKED,
    /** It was ticked, or refused, though nobody sent it. */
    NEVER_SENT,
    REFUSED,
    SHOWN_TWICE,
    /** A device shows what was not for it, or says something else than its sender wrote. */
    SHOWN_WRONGLY,
    OUT_OF_ORDER,
    /** It says that a device has or has read it, which it did not at that time. */
    FALSE_RECEIPT,
    MISSING_RECEIPT
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(message, kind, detail);
  }
}
