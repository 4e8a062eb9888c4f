package io.bluetick.gateway.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.gateway.outbound.Leases.Holder;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is true of leases wherever they are kept. */
abstract class LeasesContract {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(100);

  private final String node = "node-" + UUID.randomUUID();

  abstract Leases leases();

  /** Lets time pass, where the leases have a clock of their own. */
  abstract void pass(Duration time);

  static <T> T answer(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void who_never_said_so_is_not_alive() {
    assertThat(answer(leases().alive(List.of(node)))).isEmpty();
    assertThat(answer(leases().alive(List.of()))).isEmpty();
  }

  @Test
  void a_lease_is_taken_and_prolonged_by_the_same_instance() {
    assertThat(answer(leases().renew(node, "a", LONG))).isEqualTo(Holder.NOBODY);
    assertThat(answer(leases().renew(node, "a", LONG))).isEqualTo(Holder.SAME);
    assertThat(answer(leases().alive(List.of(node, node + "'")))).containsExactly(node);
  }

  @Test
  void a_lease_that_another_instance_held_is_taken_over_and_told() {
    assertThat(answer(leases().renew(node, "a", LONG))).isEqualTo(Holder.NOBODY);
    assertThat(answer(leases().renew(node, "b", LONG))).isEqualTo(Holder.ANOTHER);
    assertThat(answer(leases().renew(node, "b", LONG))).isEqualTo(Holder.SAME);
  }

  @Test
  void a_lease_lapses() {
    assertThat(answer(leases().renew(node, "a", SHORT))).isEqualTo(Holder.NOBODY);
    pass(SHORT);
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(answer(leases().alive(List.of(node)))).isEmpty());
    assertThat(answer(leases().renew(node, "b", LONG))).isEqualTo(Holder.NOBODY);
  }

  @Test
  void prolonging_counts_from_now() {
    assertThat(answer(leases().renew(node, "a", SHORT))).isEqualTo(Holder.NOBODY);
    assertThat(answer(leases().renew(node, "a", LONG))).isEqualTo(Holder.SAME);
    pass(SHORT);
    assertThat(answer(leases().alive(List.of(node)))).containsExactly(node);
  }

  @Test
  void only_who_holds_a_lease_ends_it() {
    answer(leases().renew(node, "a", LONG));
    answer(leases().end(node, "b").thenApply(_ -> true));
    assertThat(answer(leases().alive(List.of(node)))).containsExactly(node);
    answer(leases().end(node, "a").thenApply(_ -> true));
    assertThat(answer(leases().alive(List.of(node)))).isEmpty();
    answer(leases().end(node, "a").thenApply(_ -> true));
  }
}
