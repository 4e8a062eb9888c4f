package io.bluetick.bench.load;

import java.util.Map;
import java.util.TreeMap;

/** What went wrong, by reason, from any thread. */
public final class Failures {
  private static final int MAX_REASONS = 20;
  private static final String OTHERS = "other reasons";

  private final Map<String, Long> counts = new TreeMap<>();
  private long total;

  public synchronized void add(String reason) {
    boolean isNew = !counts.containsKey(reason);
    counts.merge(isNew && counts.size() >= MAX_REASONS ? OTHERS : reason, 1L, Long::sum);
    total++;
  }

  public synchronized long total() {
    return total;
  }

  /** How often each reason was given; at most about twenty, the rest together. */
  public synchronized Map<String, Long> byReason() {
    return new TreeMap<>(counts);
  }
}
