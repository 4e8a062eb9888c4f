package io.bluetick.gateway.limit;

import io.bluetick.gateway.edge.ClientAddress;
import io.bluetick.platform.limit.LocalBuckets;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Rate limits, kept in Redis, and in this node while Redis is away. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitSettings.class)
class LimitConfiguration {

  @Bean
  RedisLink limitRedis(LimitSettings settings) {
    return new RedisLink(settings);
  }

  @Bean
  RateLimit rateLimit(
      RedisLink redis, LimitSettings settings, ClientAddress clients, MeterRegistry meters) {
    // Only ever compared with itself, so it need not be the time of day.
    LongSupplier nowMicros = () -> TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
    Buckets buckets =
        new GuardedBuckets(
            new RedisBuckets(redis, settings.timeout()),
            new LocalBuckets(settings.localBuckets(), nowMicros),
            settings.pause(),
            nowMicros,
            meters);
    return new RateLimit(buckets, settings, clients, meters);
  }
}
