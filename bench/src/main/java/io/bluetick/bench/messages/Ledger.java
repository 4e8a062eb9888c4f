package io.bluetick.bench.messages;

import java.util.Arrays;

/**
 * What one device sent, by counter, and how far each message came. Remembers the latest ones, and
 * forgets none that is still on its way. Belongs to the event loop.
 */
final class Ledger {
  private static final byte TICKED = 1;
  private static final byte DELIVERED = 2;
  private static final byte RECEIPTED = 4;
  private static final byte DONE = TICKED | DELIVERED | RECEIPTED;

  private final long[] dueNanos;
  private final byte[] states;
  private final int mask;
  private long last;
  private long ticked;
  private long delivered;
  private long receipted;

  /**
   * @param capacity messages that may be on their way, a power of two
   */
  Ledger(int capacity) {
    dueNanos = new long[capacity];
    states = new byte[capacity];
    Arrays.fill(states, DONE);
    mask = capacity - 1;
  }

  /** Whether the next message would take the place of one that is still on its way. */
  boolean isFull() {
    return states[(int) (last + 1) & mask] != DONE;
  }

  /** Notes the next message, and returns its counter. */
  long send(long due) {
    last++;
    int place = (int) last & mask;
    dueNanos[place] = due;
    states[place] = 0;
    return last;
  }

  /** When a message should have been sent, of one that was marked just now. */
  long dueNanos(long counter) {
    return dueNanos[(int) counter & mask];
  }

  /** False if it was never sent, or has its tick. */
  boolean markTicked(long counter) {
    boolean isFirst = mark(counter, TICKED);
    ticked += isFirst ? 1 : 0;
    return isFirst;
  }

  /** False if it was never sent, or came to its recipient before. */
  boolean markDelivered(long counter) {
    boolean isFirst = mark(counter, DELIVERED);
    delivered += isFirst ? 1 : 0;
    return isFirst;
  }

  /** False if it was never sent, or has its receipt. */
  boolean markReceipted(long counter) {
    boolean isFirst = mark(counter, RECEIPTED);
    receipted += isFirst ? 1 : 0;
    return isFirst;
  }

  long unticked() {
    return last - ticked;
  }

  long undelivered() {
    return last - delivered;
  }

  long unreceipted() {
    return last - receipted;
  }

  private boolean mark(long counter, byte stage) {
    if (counter > last || counter <= last - states.length || counter <= 0) {
      return false;
    }
    int place = (int) counter & mask;
    if ((states[place] & stage) != 0) {
      return false;
    }
    states[place] |= stage;
    return true;
  }
}
