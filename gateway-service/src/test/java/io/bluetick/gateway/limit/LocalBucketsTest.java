package io.bluetick.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.platform.limit.LocalBuckets;
import io.bluetick.platform.limit.Verdict;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalBucketsTest extends BucketsContract {
  private static final Limit LIMIT = new Limit(2, 60);

  private final LocalBuckets real =
      new LocalBuckets(100, () -> TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));

  private final AtomicLong now = new AtomicLong(-5_000_000);
  private final LocalBuckets buckets = new LocalBuckets(3, now::get);

  @Override
  Verdict take(String name, Limit limit) {
    return real.take(name, limit);
  }

  @Test
  void who_waits_as_long_as_told_is_let_in_and_not_before() {
    buckets.take("a", LIMIT);
    buckets.take("a", LIMIT);
    Verdict refused = buckets.take("a", LIMIT);
    now.addAndGet(refused.waitMicros() - 1);
    assertThat(buckets.take("a", LIMIT).isAllowed()).isFalse();
    now.incrementAndGet();
    assertThat(buckets.take("a", LIMIT).isAllowed()).isTrue();
    assertThat(buckets.take("a", LIMIT).isAllowed()).isFalse();
  }

  @Test
  void a_rest_fills_a_bucket_and_never_more_than_that() {
    buckets.take("a", LIMIT);
    now.addAndGet(TimeUnit.HOURS.toMicros(1));
    assertThat(buckets.take("a", LIMIT).remaining()).isEqualTo(1);
  }

  @Test
  void too_many_buckets_forget_the_one_asked_longest_ago() {
    for (String name : new String[] {"a", "a", "b", "c", "a", "d"}) {
      buckets.take(name, LIMIT);
    }
    assertThat(buckets.size()).isEqualTo(3);
    assertThat(buckets.take("a", LIMIT).isAllowed()).isFalse();
    assertThat(buckets.take("b", LIMIT).remaining()).isEqualTo(1);
  }
}
