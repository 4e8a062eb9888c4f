package io.bluetick.session.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.devstack.Backend;
import io.bluetick.platform.limit.Times;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class LimitsTest {
  private final String subject = UUID.randomUUID().toString();

  private static LimitSettings settings() {
    return new LimitSettings(
        Map.of(Limit.TURN, new Times(2, Duration.ofHours(1))), 100, Duration.ofMinutes(1));
  }

  private static Limits limits(StringRedisTemplate redis) {
    return new Limits(redis, settings(), Clock.systemUTC(), new SimpleMeterRegistry());
  }

  private void assertTwoAndNoMore(Limits limits) {
    limits.take(Limit.TURN, subject);
    limits.take(Limit.TURN, subject);
    assertThatThrownBy(() -> limits.take(Limit.TURN, subject))
        .isInstanceOfSatisfying(
            BluetickException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
              assertThat(refused.retryAfter())
                  .hasValueSatisfying(wait ->
                      assertThat(wait).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30)));
            });
    limits.take(Limit.TURN, UUID.randomUUID().toString());
  }

  @Test
  void instances_count_together(@Autowired StringRedisTemplate redis) {
    limits(redis).take(Limit.TURN, subject);
    limits(redis).take(Limit.TURN, subject);
    assertThatThrownBy(() -> limits(redis).take(Limit.TURN, subject))
        .isInstanceOf(BluetickException.class);
  }

  @Test
  void a_limit_refuses_with_the_time_to_wait(@Autowired StringRedisTemplate redis) {
    assertTwoAndNoMore(limits(redis));
  }

  @Test
  void while_redis_is_away_an_instance_counts_alone() {
    LettuceConnectionFactory nobody = new LettuceConnectionFactory("127.0.0.1", 1);
    nobody.afterPropertiesSet();
    nobody.start();
    try {
      assertTwoAndNoMore(limits(new StringRedisTemplate(nobody)));
    } finally {
      nobody.destroy();
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_limit_lets_something_through_and_ends_somewhere(Limit limit) {
    assertThat(limit.times().burst()).isBetween(1, 1_000);
    assertThat(limit.times().per()).isBetween(Duration.ofSeconds(1), Duration.ofDays(1));
    assertThat(limit.times().intervalMicros()).isPositive();
  }
}
