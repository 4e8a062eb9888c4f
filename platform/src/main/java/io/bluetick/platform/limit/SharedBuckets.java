package io.bluetick.platform.limit;

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

/**
 * Buckets in Redis, for all instances of a blocking service together. While Redis is away each
 * instance counts alone: nobody is refused for its sake, and nobody may ask without bound either.
 */
public final class SharedBuckets {
  private static final Logger LOG = LoggerFactory.getLogger(SharedBuckets.class);

  @SuppressWarnings("rawtypes")
  private static final RedisScript<List> TAKE =
      new DefaultRedisScript<>(TakeScript.TEXT, List.class);

  private final StringRedisTemplate redis;
  private final Duration retry;
  private final Clock clock;
  private final LocalBuckets local;

  /** Until when Redis is left alone. */
  private final AtomicReference<Instant> awayUntil = new AtomicReference<>(Instant.MIN);

  /**
   * @param localBuckets kept by this process while Redis is away
   * @param retry how long Redis is left alone after it failed
   */
  public SharedBuckets(StringRedisTemplate redis, int localBuckets, Duration retry, Clock clock) {
    this.redis = redis;
    this.retry = retry;
    this.clock = clock;
    this.local =
        new LocalBuckets(localBuckets, () -> TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
  }

  /**
   * Takes one token, if there is one.
   *
   * @param bucket never names a phone number or a token
   */
  public Verdict take(String bucket, Rate rate) {
    if (clock.instant().isBefore(awayUntil.get())) {
      return local.take(bucket, rate);
    }
    try {
      return shared(bucket, rate);
    } catch (DataAccessException e) {
      Instant before = awayUntil.getAndSet(clock.instant().plus(retry));
      if (before.equals(Instant.MIN)) {
        LOG.warn("event=rate_limits_local reason={}", e.getClass().getSimpleName());
      }
      return local.take(bucket, rate);
    }
  }

  @SuppressWarnings("unchecked")
  private Verdict shared(String bucket, Rate rate) {
    List<Long> answer =
        redis.execute(TAKE, List.of(TakeScript.key(bucket)), (Object[]) TakeScript.arguments(rate));
    if (!awayUntil.getAndSet(Instant.MIN).equals(Instant.MIN)) {
      local.clear();
      LOG.info("event=rate_limits_shared");
    }
    return TakeScript.verdict(answer);
  }
}
