package io.bluetick.message.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.message.inbox.Inbox;
import io.bluetick.message.inbox.Waiting;
import io.bluetick.message.mailbox.DeviceKey;
import io.bluetick.message.mailbox.Effect.Forget;
import io.bluetick.message.mailbox.Effect.Measure;
import io.bluetick.message.mailbox.Effect.Read;
import io.bluetick.message.mailbox.Effect.Rows;
import io.bluetick.message.mailbox.Outcome;
import io.bluetick.protocol.AccountId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration RETRY = Duration.ofMillis(20);

  private final DeviceKey device = new DeviceKey(AccountId.random(new SecureRandom()), 0, 1);
  private final Away inbox = new Away();
  private final Returns returns = new Returns(() -> {});
  private final Questions questions =
      new Questions(
          inbox, returns, new OwnerMetrics(new SimpleMeterRegistry()), Clock.systemUTC(), RETRY);
  private final List<Outcome> outcomes = new ArrayList<>();

  private void ask(long number) {
    questions.read(new Read(device, 0, 10, 5, number), outcomes::add);
  }

  private void runUntil(BooleanSupplier holds) {
    await()
        .pollInSameThread()
        .atMost(LIMIT)
        .until(() -> {
          returns.runAll();
          return holds.getAsBoolean();
        });
  }

  private void assertNothingIsAsked() {
    inbox.asked.clear();
    await()
        .pollInSameThread()
        .during(RETRY.multipliedBy(10))
        .atMost(LIMIT)
        .until(() -> {
          returns.runAll();
          return inbox.asked.isEmpty();
        });
  }

  @Test
  void a_read_is_repeated_until_it_is_answered() {
    ask(1);
    runUntil(() -> inbox.asked.equals(List.of(1L, 1L, 1L)));
    inbox.isAway = false;
    runUntil(() -> outcomes.equals(List.of(new Outcome.Page(device, 1, List.of(), true))));
    assertNothingIsAsked();
  }

  @Test
  void of_a_device_that_comes_again_only_the_last_read_goes_on() {
    ask(1);
    ask(2);
    ask(3);
    inbox.asked.clear();
    runUntil(() -> inbox.asked.size() > 3);
    assertThat(inbox.asked).containsOnly(3L);
    inbox.isAway = false;
    runUntil(() -> outcomes.equals(List.of(new Outcome.Page(device, 3, List.of(), true))));
    assertNothingIsAsked();
  }

  @Test
  void nothing_is_repeated_for_a_partition_that_is_gone() {
    ask(1);
    questions.end();
    assertNothingIsAsked();
  }

  /** An inbox that can be away, and in which nothing is. */
  private static final class Away implements Inbox {
    final List<Long> asked = new ArrayList<>();
    boolean isAway = true;

    @Override
    public CompletionStage<Outcome.Page> read(Read read, long nowMs) {
      asked.add(read.number());
      return isAway
          ? CompletableFuture.failedFuture(new IllegalStateException("away"))
          : CompletableFuture.completedFuture(
              new Outcome.Page(read.device(), read.number(), List.of(), true));
    }

    @Override
    public CompletionStage<Void> save(List<Rows> rows, long nowMs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Outcome.Measured> measure(Measure measure) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> delete(List<Forget> forgotten, long nowMs) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<List<Waiting>> waiting(AccountId account) {
      throw new UnsupportedOperationException();
    }
  }
}
