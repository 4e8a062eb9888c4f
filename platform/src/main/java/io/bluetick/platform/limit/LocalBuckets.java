package io.bluetick.platform.limit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Buckets of this process alone. When there are too many, the one asked longest ago is full. */
public class LocalBuckets {
  private final int entryLimit;
  private final LongSupplier nowMicros;

  /** When each bucket will be full, the one asked longest ago first. */
  private final Map<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true);

  public LocalBuckets(int entryLimit, LongSupplier nowMicros) {
    this.entryLimit = entryLimit;
    this.nowMicros = nowMicros;
  }

  /** Takes one token, if there is one. */
  public synchronized Verdict take(String name, Rate rate) {
    long now = nowMicros.getAsLong();
    long before = Math.max(now, fullAt.getOrDefault(name, now));
    long after = before + rate.intervalMicros();
    long wait = Math.max(0, after - now - rate.capacityMicros());
    if (wait > 0) {
      return new Verdict(wait, 0, before - now);
    }
    fullAt.put(name, after);
    if (fullAt.size() > entryLimit) {
      fullAt.remove(fullAt.keySet().iterator().next());
    }
    long remaining = (rate.capacityMicros() - (after - now)) / rate.intervalMicros();
    return new Verdict(0, remaining, after - now);
  }

  public synchronized void clear() {
    fullAt.clear();
  }

  public synchronized int size() {
    return fullAt.size();
  }
}
