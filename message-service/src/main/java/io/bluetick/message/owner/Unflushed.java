package io.bluetick.message.owner;

import io.bluetick.platform.kafka.Durable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a partition has caused and what is not in Kafka yet. One thread counts; whoever comes to an
 * end tells it on any thread.
 */
final class Unflushed {
  private Generation current = new Generation();

  /** Between two flushes. */
  private static final class Generation implements Durable {
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** One more than there are, until it is sealed. */
    private final AtomicInteger open = new AtomicInteger(1);

    @Override
    public void onDurable() {
      if (open.decrementAndGet() == 0) {
        ended.complete(null);
      }
    }
  }

  /** Counts one more, until it is told that it is durable, or given up. */
  Durable one() {
    current.open.incrementAndGet();
    return current;
  }

  /** Completes when all that was counted since the last call has come to its end. */
  CompletionStage<Void> flushed() {
    Generation sealed = current;
    current = new Generation();
    sealed.onDurable();
    return sealed.ended;
  }
}
