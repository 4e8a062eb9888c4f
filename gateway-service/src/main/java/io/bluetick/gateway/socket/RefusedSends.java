package io.bluetick.gateway.socket;

import io.bluetick.protocol.ErrorCode;
import java.util.TreeSet;

/**
 * The counters of a connection's sends that stand refused for now. None that is later may be taken
 * before they are, or a chat would change its order.
 */
final class RefusedSends {
  /** Far more than a device may have under way; who has more does not listen. */
  static final int MAX = 1_024;

  private final TreeSet<Long> counters = new TreeSet<>();

  boolean areBefore(long counter) {
    return !counters.isEmpty() && counters.first() < counter;
  }

  void add(long counter) {
    if (counters.size() == MAX && !counters.contains(counter)) {
      throw new Violation(ErrorCode.RATE_LIMITED);
    }
    counters.add(counter);
  }

  void remove(long counter) {
    counters.remove(counter);
  }

  boolean isEmpty() {
    return counters.isEmpty();
  }
}
