package io.bluetick.bench.messages;

/**
 * How a device sends by itself: a message more as soon as one is done.
 *
 * @param inFlight messages that are not done, at most
 * @param until when one is done
 * @param quota messages in all
 */
record Flow(int inFlight, Until until, long quota) {
  static final Flow NONE = new Flow(0, Until.RECEIPT, 0);

  /** How far a message must have come. */
  enum Until {
    /** Durable on the server. */
    TICK,
    /** Its sender knows that its recipient has it. */
    RECEIPT
  }

  /** As many as it can until it is stopped. */
  static Flow endless(int inFlight) {
    return new Flow(inFlight, Until.RECEIPT, Long.MAX_VALUE);
  }

  long outstanding(Ledger ledger) {
    return switch (until) {
      case TICK -> ledger.unticked();
      case RECEIPT -> Math.max(ledger.unreceipted(), ledger.unticked());
    };
  }
}
