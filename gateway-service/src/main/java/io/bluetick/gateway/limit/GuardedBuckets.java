package io.bluetick.gateway.limit;

import io.bluetick.platform.limit.LocalBuckets;
import io.bluetick.platform.limit.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The shared buckets, or, while they fail, those of this node: nobody is refused because Redis is
 * away, and nobody may ask without bound either. In that time an account has as many buckets as
 * there are gateways it asks.
 *
 * <p>After a failure all requests use the node's own buckets but one per pause, which tries the
 * shared ones again: a Redis that hangs delays one request a second and not all of them.
 */
class GuardedBuckets implements Buckets {
  private static final Logger log = LoggerFactory.getLogger(GuardedBuckets.class);

  /** No failure since the last success. */
  private static final long SHARED = 0;

  private final Buckets shared;
  private final LocalBuckets local;
  private final long pauseMicros;
  private final LongSupplier nowMicros;
  private final MeterRegistry meters;

  /** The microsecond from which on one request may try the shared buckets again. */
  private final AtomicLong retryAt = new AtomicLong(SHARED);

  GuardedBuckets(
      Buckets shared,
      LocalBuckets local,
      Duration pause,
      LongSupplier nowMicros,
      MeterRegistry meters) {
    this.shared = shared;
    this.local = local;
    this.pauseMicros = TimeUnit.MICROSECONDS.convert(pause);
    this.nowMicros = nowMicros;
    this.meters = meters;
    meters.gauge("bluetick.edge.limiter.local", retryAt, at -> at.get() == SHARED ? 0 : 1);
  }

  @Override
  public Mono<Verdict> take(String name, Limit limit) {
    return Mono.defer(() -> {
      if (!mayAskShared()) {
        return takeLocally(name, limit);
      }
      return shared
          .take(name, limit)
          .doOnNext(_ -> returned())
          .onErrorResume(failure -> {
            failed(failure);
            return takeLocally(name, limit);
          });
    });
  }

  private boolean mayAskShared() {
    long at = retryAt.get();
    if (at == SHARED) {
      return true;
    }
    long now = nowMicros.getAsLong();
    return now >= at && retryAt.compareAndSet(at, now + pauseMicros);
  }

  private Mono<Verdict> takeLocally(String name, Limit limit) {
    meters.counter("bluetick.edge.limiter.fallbacks").increment();
    return Mono.just(local.take(name, limit));
  }

  private void failed(Throwable failure) {
    if (retryAt.compareAndSet(SHARED, nowMicros.getAsLong() + pauseMicros)) {
      log.atWarn()
          .addKeyValue("reason", failure.getClass().getSimpleName())
          .log("rate_limits_local");
    }
  }

  private void returned() {
    if (retryAt.getAndSet(SHARED) != SHARED) {
      local.clear();
      log.info("rate_limits_shared");
    }
  }
}
