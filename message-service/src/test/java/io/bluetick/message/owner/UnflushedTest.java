package io.bluetick.message.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.platform.kafka.Durable;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class UnflushedTest {
  private final Unflushed unflushed = new Unflushed();

  @Test
  void nothing_is_flushed_at_once() {
    assertThat(unflushed.flushed().toCompletableFuture()).isCompleted();
  }

  @Test
  void a_flush_waits_for_what_came_before_it_and_for_nothing_else() {
    Durable first = unflushed.one();
    Durable second = unflushed.one();
    CompletionStage<Void> flushed = unflushed.flushed();
    Durable third = unflushed.one();
    first.onDurable();
    assertThat(flushed.toCompletableFuture()).isNotDone();
    second.onDurable();
    assertThat(flushed.toCompletableFuture()).isCompleted();
    CompletionStage<Void> next = unflushed.flushed();
    assertThat(next.toCompletableFuture()).isNotDone();
    third.onDurable();
    assertThat(next.toCompletableFuture()).isCompleted();
  }
}
