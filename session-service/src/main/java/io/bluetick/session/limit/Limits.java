package io.bluetick.session.limit;

import io.bluetick.platform.limit.LocalBuckets;
import io.bluetick.platform.limit.TakeScript;
import io.bluetick.platform.limit.Verdict;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Counts what is asked, in Redis, for all instances together. While Redis is away each instance
 * counts alone: nobody is refused for its sake, and nobody may ask without bound either. What must
 * not be forgotten with Redis (attempts at codes and PINs) is counted in PostgreSQL by its feature.
 */
@Component
public class Limits {
  private static final Logger LOG = LoggerFactory.getLogger(Limits.class);

  @SuppressWarnings("rawtypes")
  private static final RedisScript<List> TAKE =
      new DefaultRedisScript<>(TakeScript.TEXT, List.class);

  private final StringRedisTemplate redis;
  private final LimitSettings settings;
  private final Clock clock;
  private final MeterRegistry meters;
  private final LocalBuckets local;

  /** Until when Redis is left alone. */
  private final AtomicReference<Instant> awayUntil = new AtomicReference<>(Instant.MIN);

  Limits(StringRedisTemplate redis, LimitSettings settings, Clock clock, MeterRegistry meters) {
    this.redis = redis;
    this.settings = settings;
    this.clock = clock;
    this.meters = meters;
    this.local =
        new LocalBuckets(
            settings.localBuckets(), () -> TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
  }

  /**
   * Takes one token of the subject. Throws {@code rate-limited}, with the time to wait, if there is
   * none.
   *
   * @param subject whom it is counted for: an id or a hash, never a phone number or a token
   */
  public void take(Limit limit, String subject) {
    Verdict verdict = verdict(limit, subject);
    if (!verdict.isAllowed()) {
      meters.counter("bluetick.limits.refused", "limit", limit.name()).increment();
      throw new BluetickException(
          ErrorCode.RATE_LIMITED,
          "Too many requests; try again later.",
          Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(verdict.waitMicros())));
    }
  }

  private Verdict verdict(Limit limit, String subject) {
    Times times = settings.of(limit);
    String bucket = limit.bucket(subject);
    if (clock.instant().isBefore(awayUntil.get())) {
      return local.take(bucket, times);
    }
    try {
      return shared(bucket, times);
    } catch (DataAccessException e) {
      Instant before = awayUntil.getAndSet(clock.instant().plus(settings.retry()));
      if (before.equals(Instant.MIN)) {
        LOG.warn("event=rate_limits_local reason={}", e.getClass().getSimpleName());
      }
      return local.take(bucket, times);
    }
  }

  @SuppressWarnings("unchecked")
  private Verdict shared(String bucket, Times times) {
    List<Long> answer =
        redis.execute(
            TAKE, List.of(TakeScript.key(bucket)), (Object[]) TakeScript.arguments(times));
    if (!awayUntil.getAndSet(Instant.MIN).equals(Instant.MIN)) {
      local.clear();
      LOG.info("event=rate_limits_shared");
    }
    return TakeScript.verdict(answer);
  }
}
