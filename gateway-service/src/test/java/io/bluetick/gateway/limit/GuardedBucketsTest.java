package io.bluetick.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.platform.limit.LocalBuckets;
import io.bluetick.platform.limit.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class GuardedBucketsTest {
  private static final Limit LIMIT = new Limit(2, 60);
  private static final Verdict SHARED = new Verdict(0, 77, 0);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final AtomicLong now = new AtomicLong(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final LocalBuckets local = new LocalBuckets(10, now::get);
  private Mono<Verdict> shared = Mono.just(SHARED);
  private final GuardedBuckets buckets =
      new GuardedBuckets(
          (_, _) ->
              Mono.defer(() -> {
                asked.incrementAndGet();
                return shared;
              }),
          local,
          PAUSE,
          now::get,
          meters);

  @Test
  void the_shared_buckets_decide_while_they_answer() {
    assertThat(take()).isEqualTo(SHARED);
    assertThat(local.size()).isZero();
    assertThat(meters.get("bluetick.edge.limiter.local").gauge().value()).isZero();
  }

  @Test
  void the_nodes_own_decide_when_the_shared_fail_and_have_a_bound_too() {
    fail();
    assertThat(take().remaining()).isEqualTo(1);
    assertThat(take().isAllowed()).isTrue();
    assertThat(take().isAllowed()).isFalse();
    assertThat(meters.get("bluetick.edge.limiter.local").gauge().value()).isEqualTo(1);
    assertThat(meters.get("bluetick.edge.limiter.fallbacks").counter().count()).isEqualTo(3);
  }

  @Test
  void a_failing_redis_is_asked_once_per_pause() {
    fail();
    for (int i = 0; i < 10; i++) {
      take();
    }
    assertThat(asked).hasValue(1);
    now.addAndGet(TimeUnit.MICROSECONDS.convert(PAUSE));
    for (int i = 0; i < 10; i++) {
      take();
    }
    assertThat(asked).hasValue(2);
  }

  @Test
  void the_shared_decide_again_when_they_are_back_and_the_nodes_own_are_forgotten() {
    fail();
    take();
    shared = Mono.just(SHARED);
    assertThat(take()).isNotEqualTo(SHARED);
    now.addAndGet(TimeUnit.MICROSECONDS.convert(PAUSE));
    assertThat(take()).isEqualTo(SHARED);
    assertThat(take()).isEqualTo(SHARED);
    assertThat(local.size()).isZero();
    assertThat(meters.get("bluetick.edge.limiter.local").gauge().value()).isZero();
  }

  private void fail() {
    shared = Mono.error(new IllegalStateException("away"));
  }

  private Verdict take() {
    return TestAnswers.of(buckets.take("anna", LIMIT), Duration.ofSeconds(5));
  }
}
