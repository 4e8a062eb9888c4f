package io.bluetick.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.client.rest.UnreachableException.Reason;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Backoff BACKOFF =
      new Backoff(4, Duration.ofMillis(500), Duration.ofMillis(1500));
  private final ApiException away = new UnreachableException("x", Reason.TIMED_OUT, null);

  private final Random random = new Random();

  @RepeatedTest(20)
  void waits_double_up_to_the_longest() {
    assertThat(BACKOFF.after(1, away, random).orElseThrow())
        .isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    assertThat(BACKOFF.after(2, away, random).orElseThrow())
        .isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
    assertThat(BACKOFF.after(3, away, random).orElseThrow())
        .isBetween(Duration.ofMillis(750), Duration.ofMillis(1500));
  }

  @Test
  void attempts_are_bounded() {
    assertThat(BACKOFF.after(4, away, random)).isEmpty();
  }

  @Test
  void what_cannot_succeed_is_not_repeated() {
    assertThat(BACKOFF.after(1, refusal("token-reused", false, null), random)).isEmpty();
    assertThat(BACKOFF.after(1, new UnreachableException("x", Reason.INTERRUPTED, null), random))
        .isEmpty();
  }

  @Test
  void server_is_given_the_time_it_asks_for() {
    assertThat(
            BACKOFF
                .after(1, refusal("rate-limited", true, Duration.ofSeconds(1)), random)
                .orElseThrow())
        .isBetween(Duration.ofSeconds(1), Duration.ofMillis(1500));
  }

  @Test
  void who_is_told_to_wait_long_is_told_at_once() {
    assertThat(BACKOFF.after(1, refusal("rate-limited", true, Duration.ofSeconds(2)), random))
        .isEmpty();
  }

  private static RefusedException refusal(
      String slug, boolean isRetryable, @org.jspecify.annotations.Nullable Duration wait) {
    return new RefusedException("x", 400, new Problem(slug, "", isRetryable), wait);
  }
}
