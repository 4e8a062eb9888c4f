package io.bluetick.bench.messages;

/** What all devices together have seen. Belongs to the event loop. */
final class Tally {
  private long sent;
  private long ticked;
  private long delivered;
  private long receipted;
  private long repeated;
  private long caughtUp;
  private long lastTickNanos;
  private long lastDeliveryNanos;
  private long lastCaughtUpNanos;
  private Timings timings = new Timings();

  /**
   * At one moment.
   *
   * @param ticked messages that are durable on the server
   * @param delivered messages that came to their recipient for the first time
   * @param receipted messages of which the sender knows that they came
   * @param repeated stanzas that a device had already, and dropped
   * @param caughtUp connections that were told that nothing waits any more
   */
  record Counts(
      long sent, long ticked, long delivered, long receipted, long repeated, long caughtUp) {

    /** Grows as long as anything goes on, and not for ever. */
    long steps() {
      return ticked + delivered + receipted + caughtUp;
    }

    String describe() {
      return "%,d sent, %,d ticked, %,d delivered, %,d receipted"
          .formatted(sent, ticked, delivered, receipted);
    }

    /** Whether all messages came whole way. */
    boolean isSettled() {
      return ticked == sent && delivered == sent && receipted == sent;
    }
  }

  /** When something last happened, by {@link System#nanoTime}. */
  record Lasts(long tickNanos, long deliveryNanos, long caughtUpNanos) {}

  Counts counts() {
    return new Counts(sent, ticked, delivered, receipted, repeated, caughtUp);
  }

  Lasts lasts() {
    return new Lasts(lastTickNanos, lastDeliveryNanos, lastCaughtUpNanos);
  }

  /** From now on times go here. */
  void time(Timings next) {
    timings = next;
  }

  void sent(long dueNanos, long nowNanos) {
    timings.sent(nowNanos - dueNanos);
    sent++;
  }

  void ticked(long dueNanos, long nowNanos) {
    ticked++;
    lastTickNanos = nowNanos;
    timings.accepted(nowNanos - dueNanos);
  }

  void delivered(long dueNanos, long nowNanos) {
    delivered++;
    lastDeliveryNanos = nowNanos;
    timings.delivered(nowNanos - dueNanos);
  }

  void receipted(long dueNanos, long nowNanos) {
    receipted++;
    timings.receipted(nowNanos - dueNanos);
  }

  void repeated() {
    repeated++;
  }

  void caughtUp(long nowNanos) {
    caughtUp++;
    lastCaughtUpNanos = nowNanos;
  }
}
