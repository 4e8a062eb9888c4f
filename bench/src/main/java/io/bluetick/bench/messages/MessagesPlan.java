package io.bluetick.bench.messages;

import java.time.Duration;
import java.util.Set;

/**
 * What is done.
 *
 * @param inFlight messages of one device that have no receipt, at most, at full load
 * @param warmUp at full load, and again at half load, before anything counts
 * @param measured time of each of the phases at full and at half load
 * @param perSecond messages at half load; 0: half of what full load reached
 * @param offline messages that are stored and drained
 * @param offlineInFlight messages of one device that have no tick, at most, while they are stored
 * @param settling for so long nothing may happen while messages are on their way
 */
record MessagesPlan(
    Set<Phase> phases,
    int inFlight,
    Duration warmUp,
    Duration measured,
    double perSecond,
    long offline,
    int offlineInFlight,
    Duration settling) {

  /** What can be left out. */
  enum Phase {
    FULL,
    HALF,
    OFFLINE
  }

  boolean has(Phase phase) {
    return phases.contains(phase);
  }
}
