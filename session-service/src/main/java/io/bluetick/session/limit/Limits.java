package io.bluetick.session.limit;

import io.bluetick.platform.limit.SharedBuckets;
import io.bluetick.platform.limit.Verdict;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * Counts what is asked, for all instances together while Redis is there. What must not be forgotten
 * with Redis (attempts at codes and PINs) is counted in PostgreSQL by its feature.
 */
@Component
public class Limits {
  private final SharedBuckets buckets;
  private final LimitSettings settings;
  private final MeterRegistry meters;

  Limits(StringRedisTemplate redis, LimitSettings settings, Clock clock, MeterRegistry meters) {
    this.buckets = new SharedBuckets(redis, settings.localBuckets(), settings.retry(), clock);
    this.settings = settings;
    this.meters = meters;
  }

  /**
   * Takes one token of the subject. Throws {@code rate-limited}, with the time to wait, if there is
   * none.
   *
   * @param subject whom it is counted for: an id or a hash, never a phone number or a token
   */
  public void take(Limit limit, String subject) {
    Verdict verdict = buckets.take(limit.bucket(subject), settings.of(limit));
    if (!verdict.isAllowed()) {
      meters.counter("bluetick.limits.refused", "limit", limit.name()).increment();
      throw new BluetickException(
          ErrorCode.RATE_LIMITED,
          "Too many requests; try again later.",
          Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(verdict.waitMicros())));
    }
  }
}
