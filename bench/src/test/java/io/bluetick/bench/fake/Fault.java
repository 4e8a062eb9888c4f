package io.bluetick.bench.fake;

/** What the fake gateway does wrong. */
public enum Fault {
  NONE,
  /** Accepts a message and loses it. */
  LOST,
  /** Delivers a message again under another sequence. */
  TWICE,
  /** Delivers a stanza again under its sequence, which is allowed. */
  REPEATED,
  /** Delivers a message after the next one. */
  OVERTAKEN,
  /** Delivers other content. */
  ALTERED,
  NO_TICK,
  NO_RECEIPT,
  /** Refuses a message. */
  REFUSED,
  /** Does not say that nothing waits any more. */
  NO_DRAINED
}
