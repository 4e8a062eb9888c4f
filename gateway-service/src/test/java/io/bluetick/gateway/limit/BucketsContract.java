package io.bluetick.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.platform.limit.Verdict;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is true of buckets wherever they are kept. */
abstract class BucketsContract {
  private static final Limit SLOW = new Limit(3, 60);
  private static final Limit FAST = new Limit(1, 600);

  private final String name = UUID.randomUUID().toString();

  /** Asks the buckets of the test and waits for the answer. */
  abstract Verdict take(String name, Limit limit);

  @Test
  void a_new_bucket_is_full() {
    Verdict verdict = take(name, SLOW);
    assertThat(verdict.isAllowed()).isTrue();
    assertThat(verdict.remaining()).isEqualTo(2);
    assertThat(verdict.fullSeconds()).isEqualTo(1);
  }

  @Test
  void an_empty_bucket_refuses_and_says_for_how_long() {
    for (int left = 2; left >= 0; left--) {
      assertThat(take(name, SLOW).remaining()).isEqualTo(left);
    }
    Verdict refused = take(name, SLOW);
    assertThat(refused.isAllowed()).isFalse();
    assertThat(refused.remaining()).isZero();
    assertThat(refused.waitSeconds()).isEqualTo(1);
    assertThat(refused.fullSeconds()).isBetween(2L, 3L);
  }

  @Test
  void being_refused_costs_nothing() {
    take(name, FAST);
    for (int i = 0; i < 50; i++) {
      take(name, FAST);
    }
    // One token comes in 100 ms; had refusals cost one each, this would take five seconds.
    await().atMost(Duration.ofSeconds(2)).until(() -> take(name, FAST).isAllowed());
  }

  @Test
  void buckets_are_apart() {
    take(name, FAST);
    assertThat(take(name, FAST).isAllowed()).isFalse();
    assertThat(take(name + "'", FAST).isAllowed()).isTrue();
  }
}
