package io.bluetick.gateway.limit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** Buckets of this process alone. When there are too many, the one asked longest ago is full. */
class LocalBuckets implements Buckets {
  private final int entryLimit;
  private final LongSupplier nowMicros;

  /** When each bucket will be full, the one asked longest ago first. */
  private final Map<String, Long> fullAt = new LinkedHashMap<>(16, 0.75f, true);

  LocalBuckets(int entryLimit, LongSupplier nowMicros) {
    this.entryLimit = entryLimit;
    this.nowMicros = nowMicros;
  }

  @Override
  public Mono<Verdict> take(String name, Limit limit) {
    return Mono.fromSupplier(() -> takeNow(name, limit));
  }

  synchronized Verdict takeNow(String name, Limit limit) {
    long now = nowMicros.getAsLong();
    long before = Math.max(now, fullAt.getOrDefault(name, now));
    long after = before + limit.intervalMicros();
    long wait = Math.max(0, after - now - limit.capacityMicros());
    if (wait > 0) {
      return new Verdict(wait, 0, before - now);
    }
    fullAt.put(name, after);
    if (fullAt.size() > entryLimit) {
      fullAt.remove(fullAt.keySet().iterator().next());
    }
    long remaining = (limit.capacityMicros() - (after - now)) / limit.intervalMicros();
    return new Verdict(0, remaining, after - now);
  }

  synchronized void clear() {
    fullAt.clear();
  }

  synchronized int size() {
    return fullAt.size();
  }
}
