package io.bluetick.gateway.outbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Leases in memory, which fail when the test says so. */
final class FakeLeases implements Leases {
  private final MovingClock clock;
  private final Map<String, Held> held = new HashMap<>();
  private @Nullable RuntimeException thrown;
  private boolean failing;

  private record Held(String instance, Instant until) {}

  FakeLeases(MovingClock clock) {
    this.clock = clock;
  }

  /** From now on nothing is answered but failures, until {@link #mend}. */
  synchronized void fail() {
    failing = true;
  }

  /** Forgets everything, as a Redis does that comes back empty. */
  synchronized void forget() {
    held.clear();
  }

  /** From now on every call throws this, until {@link #mend}. */
  synchronized void surprise(RuntimeException surprise) {
    thrown = surprise;
  }

  synchronized void mend() {
    failing = false;
    thrown = null;
  }

  @Override
  public CompletionStage<Holder> renew(String node, String instance, Duration lease) {
    return answer(() -> {
      Held before = live(node);
      held.put(node, new Held(instance, clock.instant().plus(lease)));
      if (before == null) {
        return Holder.NOBODY;
      }
      return before.instance().equals(instance) ? Holder.SAME : Holder.ANOTHER;
    });
  }

  @Override
  public CompletionStage<Void> end(String node, String instance) {
    return answer(
            () -> {
              Held before = live(node);
              return before != null
                  && before.instance().equals(instance)
                  && held.remove(node, before);
            })
        .thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<Set<String>> alive(Collection<String> nodes) {
    return answer(
        () -> nodes.stream().filter(node -> live(node) != null).collect(Collectors.toSet()));
  }

  private @Nullable Held live(String node) {
    Held known = held.get(node);
    return known != null && known.until().isAfter(clock.instant()) ? known : null;
  }

  private synchronized <T> CompletionStage<T> answer(Supplier<T> answer) {
    if (thrown != null) {
      throw thrown;
    }
    return failing
        ? CompletableFuture.failedFuture(new IllegalStateException("away"))
        : CompletableFuture.completedFuture(answer.get());
  }
}
