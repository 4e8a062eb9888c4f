package io.bluetick.media.limit;

import io.bluetick.platform.limit.SharedBuckets;
import io.bluetick.platform.limit.Verdict;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** Counts what is asked for, and how much, for all instances together while Redis is there. */
@Component
@EnableConfigurationProperties(LimitSettings.class)
public class Limits {
  private final SharedBuckets buckets;
  private final LimitSettings settings;
  private final MeterRegistry meters;

  Limits(StringRedisTemplate redis, LimitSettings settings, Clock clock, MeterRegistry meters) {
    this.buckets = new SharedBuckets(redis, settings.localBuckets(), settings.retry(), clock);
    this.settings = settings;
    this.meters = meters;
  }

  /** Throws {@code payload-too-large} for a blob that nobody may upload at any time. */
  public void requireSize(long bytes) {
    long largest = settings.largestBlob().toBytes();
    if (bytes > largest) {
      count("SIZE");
      throw new BluetickException(
          ErrorCode.PAYLOAD_TOO_LARGE, "A blob has at most " + largest + " bytes here.");
    }
  }

  /** Takes one of the device's. Throws {@code rate-limited}, with the time to wait, if none is. */
  public void take(Limit limit, DeviceAddress device) {
    Verdict verdict = buckets.take(limit.bucket(device.toString()), settings.of(limit));
    if (!verdict.isAllowed()) {
      count(limit.name());
      throw refused("Too many requests; try again later.", verdict);
    }
  }

  /** Takes bytes of the account's day. Throws {@code rate-limited} if there are not as many. */
  public void takeBytes(AccountId account, long bytes) {
    Verdict verdict =
        buckets.take(
            "media.bytes." + account, new DayShare(bytes, settings.accountDay().toBytes()));
    if (!verdict.isAllowed()) {
      count("BYTES");
      throw refused("This account has uploaded too much today; try again later.", verdict);
    }
  }

  private void count(String limit) {
    meters.counter("bluetick.limits.refused", "limit", limit).increment();
  }

  private static BluetickException refused(String message, Verdict verdict) {
    return new BluetickException(
        ErrorCode.RATE_LIMITED,
        message,
        Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(verdict.waitMicros())));
  }
}
