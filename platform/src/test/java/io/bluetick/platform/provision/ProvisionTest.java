package io.bluetick.platform.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bluetick.platform.provision.Provision.State;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProvisionTest {

  private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

  @Test
  void work_is_tried_again_until_it_is_done() {
    AtomicInteger tries = new AtomicInteger();
    Provision provision =
        new Provision(
            "sample",
            () -> {
              if (tries.incrementAndGet() < 4) {
                throw new IllegalStateException("away");
              }
            },
            SHORT);
    provision.start();
    await().until(() -> provision.state() instanceof State.Done);
    assertThat(tries).hasValue(4);
  }

  @Test
  void until_then_it_says_why_not() {
    Provision provision =
        new Provision(
            "sample",
            () -> {
              throw new IllegalStateException("wrapped", new IllegalStateException("the cause"));
            },
            SHORT);
    provision.start();
    try {
      await().until(() -> provision.state().equals(new State.Pending("the cause")));
    } finally {
      provision.stop();
    }
  }

  @Test
  void a_stop_ends_work_that_hangs() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    Provision provision =
        new Provision(
            "sample",
            () -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
            },
            SHORT);
    provision.start();
    begun.await();
    provision.stop();
    interrupted.await();
    assertThat(provision.isRunning()).isFalse();
  }

  @Test
  void waits_double_up_to_the_longest() {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));
    assertThat(backoff.after(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(backoff.after(3)).isEqualTo(Duration.ofMillis(400));
    assertThat(backoff.after(1_000_000)).isEqualTo(Duration.ofSeconds(1));
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
