package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpeningsTest {
  private static final int CALLERS = 4;
  private static final int CALLS_EACH = 5_000;

  @Test
  void no_more_open_at_once_than_may() {
    Openings openings = new Openings(2, 1);
    assertThat(openings.enter()).isTrue();
    assertThat(openings.enter()).isTrue();
    assertThat(openings.enter()).isFalse();
    assertThat(openings.count()).isEqualTo(2);
    openings.leave();
    assertThat(openings.enter()).isTrue();
    assertThat(openings.enter()).isFalse();
  }

  @Test
  void calls_wait_for_their_turn_in_order() {
    Openings openings = new Openings(10, 2);
    List<Integer> called = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      int it = i;
      openings.call(() -> called.add(it));
    }
    assertThat(called).containsExactly(1, 2);
    openings.callEnded();
    assertThat(called).containsExactly(1, 2, 3);
    openings.callEnded();
    openings.callEnded();
    assertThat(called).containsExactly(1, 2, 3, 4, 5);
    openings.callEnded();
    openings.callEnded();
    openings.call(() -> called.add(6));
    openings.call(() -> called.add(7));
    openings.call(() -> called.add(8));
    assertThat(called).containsExactly(1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void a_call_that_ends_at_once_makes_way_for_the_next() {
    Openings openings = new Openings(10, 1);
    AtomicInteger called = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      openings.call(() -> {
        called.incrementAndGet();
        openings.callEnded();
      });
    }
    assertThat(called).hasValue(100);
  }

  @Test
  void from_many_threads_every_call_is_made_and_never_too_many_at_once() {
    int atOnce = 3;
    Openings openings = new Openings(10, atOnce);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        ExecutorService answers = Executors.newFixedThreadPool(2)) {
      for (int caller = 0; caller < CALLERS; caller++) {
        callers.execute(() -> {
          for (int i = 0; i < CALLS_EACH; i++) {
            openings.call(() -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              answers.execute(() -> {
                running.decrementAndGet();
                ended.incrementAndGet();
                openings.callEnded();
              });
            });
          }
        });
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> ended.get() == CALLERS * CALLS_EACH);
    }
    assertThat(most.get()).isBetween(1, atOnce);
  }
}
