package io.bluetick.media.expiry;

import io.bluetick.media.bucket.Blobs;
import io.bluetick.media.bucket.RetentionSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;

/** Runs the expiry again and again. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ExpiryConfiguration {

  @Bean
  Expiry expiry(
      Blobs blobs,
      RetentionSettings retention,
      ExpirySettings settings,
      StringRedisTemplate redis,
      Clock clock,
      MeterRegistry meters) {
    Lease lease = new Lease(redis, settings.lease());
    return new Expiry(blobs, retention, settings, lease, clock, meters);
  }

  @Bean
  SchedulingConfigurer expiryRuns(Expiry expiry, ExpirySettings settings) {
    return tasks ->
        tasks.addFixedDelayTask(
            new FixedDelayTask(expiry::run, settings.every(), settings.every()));
  }
}
