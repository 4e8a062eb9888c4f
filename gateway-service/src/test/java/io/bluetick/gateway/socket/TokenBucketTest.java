package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
  private static final long NOW_MS = 1_767_225_600_000L;
  private static final int BURST = 5;

  private final TokenBucket bucket = new TokenBucket(10, BURST);

  private long emptied(long nowMs) {
    long state = 0;
    for (int i = 0; i < BURST; i++) {
      state = bucket.take(state, nowMs);
      assertThat(state).isPositive();
    }
    assertThat(bucket.take(state, nowMs)).isEqualTo(TokenBucket.NONE);
    return state;
  }

  @Test
  void a_new_one_is_full_and_holds_its_burst() {
    assertThat(bucket.isFull(0, NOW_MS)).isTrue();
    assertThat(bucket.retryAfter(0, NOW_MS)).isZero();
    long empty = emptied(NOW_MS);
    assertThat(bucket.isFull(empty, NOW_MS)).isFalse();
  }

  @Test
  void tokens_come_back_one_by_one() {
    long empty = emptied(NOW_MS);
    assertThat(bucket.retryAfter(empty, NOW_MS)).isEqualTo(Duration.ofMillis(100));
    assertThat(bucket.take(empty, NOW_MS + 99)).isEqualTo(TokenBucket.NONE);
    assertThat(bucket.retryAfter(empty, NOW_MS + 99)).isEqualTo(Duration.ofMillis(1));
    long taken = bucket.take(empty, NOW_MS + 100);
    assertThat(taken).isPositive();
    assertThat(bucket.take(taken, NOW_MS + 100)).isEqualTo(TokenBucket.NONE);
  }

  @Test
  void parts_of_a_token_are_not_lost() {
    long state = emptied(NOW_MS);
    state = bucket.take(state, NOW_MS + 150);
    assertThat(state).isPositive();
    assertThat(bucket.take(state, NOW_MS + 200)).isPositive();
  }

  @Test
  void it_never_holds_more_than_its_burst() {
    long empty = emptied(NOW_MS);
    assertThat(bucket.isFull(empty, NOW_MS + 499)).isFalse();
    assertThat(bucket.isFull(empty, NOW_MS + 500)).isTrue();
    long state = empty;
    for (int i = 0; i < BURST; i++) {
      state = bucket.take(state, NOW_MS + 1_000_000);
    }
    assertThat(bucket.take(state, NOW_MS + 1_000_000)).isEqualTo(TokenBucket.NONE);
  }

  @Test
  void a_clock_that_is_set_back_a_little_gives_nothing_and_takes_nothing() {
    long empty = emptied(NOW_MS);
    assertThat(bucket.take(empty, NOW_MS - 50)).isEqualTo(TokenBucket.NONE);
    assertThat(bucket.take(empty, NOW_MS + 100)).isPositive();
  }

  @Test
  void a_clock_that_is_set_back_far_does_not_lock_anyone_out() {
    long empty = emptied(NOW_MS);
    assertThat(bucket.take(empty, NOW_MS - Duration.ofHours(1).toMillis())).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 24, 25, 30, 45, 49})
  void an_empty_one_is_full_after_days_of_silence(long days) {
    long empty = emptied(NOW_MS);
    assertThat(bucket.isFull(empty, NOW_MS + Duration.ofDays(days).toMillis())).isTrue();
  }

  @Test
  void the_low_half_of_the_clock_may_wrap() {
    long beforeWrapMs = (NOW_MS | 0xFFFF_FFFFL) - 20;
    long empty = emptied(beforeWrapMs);
    assertThat(bucket.take(empty, beforeWrapMs + 99)).isEqualTo(TokenBucket.NONE);
    assertThat(bucket.take(empty, beforeWrapMs + 100)).isPositive();
    long signMs = (NOW_MS & ~0xFFFF_FFFFL) + Integer.MAX_VALUE - 20;
    assertThat(bucket.take(emptied(signMs), signMs + 100)).isPositive();
  }

  @Test
  void an_empty_one_at_the_zero_of_the_clock_is_not_taken_for_a_new_one() {
    long zeroMs = NOW_MS & ~0xFFFF_FFFFL;
    assertThat(bucket.take(emptied(zeroMs), zeroMs + 50)).isEqualTo(TokenBucket.NONE);
  }

  @Test
  void the_largest_is_counted_right() {
    TokenBucket large = new TokenBucket(Integer.MAX_VALUE, Integer.MAX_VALUE / 1_000);
    long state = large.take(0, NOW_MS);
    assertThat(state).isPositive();
    assertThat(large.isFull(state, NOW_MS + 1)).isTrue();
  }

  @Test
  void what_cannot_be_is_not_made() {
    assertThatThrownBy(() -> new TokenBucket(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenBucket(1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenBucket(1, Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
