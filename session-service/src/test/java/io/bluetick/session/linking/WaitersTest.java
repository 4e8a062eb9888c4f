package io.bluetick.session.linking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.data.redis.connection.DefaultMessage;

@Timeout(10)
class WaitersTest {
  private static final long LONG = TimeUnit.MINUTES.toNanos(5);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Waiters waiters =
      new Waiters(new LinkingSettings(Duration.ZERO, Duration.ZERO, 1, 2, Duration.ZERO), meters);

  @BeforeEach
  void start() {
    waiters.start();
  }

  @AfterEach
  void close() {
    meters.close();
  }

  @Test
  void a_notice_wakes_who_waits_for_it() {
    try (Waiters.Waiter waiter = waiters.enter("a")) {
      Thread.startVirtualThread(() -> notice("a"));
      waiter.await(LONG);
      assertThat(waiter.isOver()).isFalse();
    }
  }

  @Test
  void a_notice_that_came_before_the_wait_is_not_lost_and_counts_once() {
    try (Waiters.Waiter waiter = waiters.enter("a")) {
      notice("a");
      notice("a");
      waiter.await(LONG);
      long begun = System.nanoTime();
      waiter.await(TimeUnit.MILLISECONDS.toNanos(50));
      assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(40));
    }
  }

  @Test
  void notices_for_others_do_not_wake() {
    try (Waiters.Waiter waiter = waiters.enter("a")) {
      notice("b");
      long begun = System.nanoTime();
      waiter.await(TimeUnit.MILLISECONDS.toNanos(50));
      assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(40));
    }
  }

  @Test
  void a_later_wait_for_the_same_ends_the_earlier() {
    Waiters.Waiter earlier = waiters.enter("a");
    try (Waiters.Waiter later = waiters.enter("a")) {
      earlier.await(LONG);
      assertThat(earlier.isOver()).isTrue();
      earlier.close();
      notice("a");
      later.await(LONG);
      assertThat(later.isOver()).isFalse();
      assertThat(waiters.count()).isEqualTo(1);
    }
    assertThat(waiters.count()).isZero();
  }

  @Test
  void there_is_room_for_so_many_and_for_others_when_they_have_gone() {
    try (Waiters.Waiter first = waiters.enter("a");
        Waiters.Waiter second = waiters.enter("b")) {
      assertThat(first.isOver() || second.isOver()).isFalse();
      assertThatExceptionOfType(BluetickException.class)
          .isThrownBy(() -> waiters.enter("c"))
          .satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(refusal.retryAfter()).isPresent();
          });
      assertThat(waiters.count()).isEqualTo(2);
    }
    waiters.enter("c").close();
    assertThat(waiters.count()).isZero();
  }

  @Test
  void nobody_waits_when_the_process_ends() {
    try (Waiters.Waiter waiter = waiters.enter("a")) {
      Thread.startVirtualThread(waiters::stop);
      waiter.await(LONG);
      assertThat(waiter.isOver()).isTrue();
    }
    try (Waiters.Waiter late = waiters.enter("b")) {
      late.await(LONG);
      assertThat(late.isOver()).isTrue();
    }
  }

  private void notice(String name) {
    waiters.onMessage(
        new DefaultMessage(
            Offers.CHANNEL.getBytes(StandardCharsets.US_ASCII),
            name.getBytes(StandardCharsets.US_ASCII)),
        null);
  }
}
