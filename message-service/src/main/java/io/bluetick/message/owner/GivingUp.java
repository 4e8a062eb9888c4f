package io.bluetick.message.owner;

import io.bluetick.message.inbox.Inbox;
import io.bluetick.message.mailbox.Checkpoint;
import io.bluetick.message.mailbox.Checkpoint.Step;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint on its way: one step after the other, each until it has succeeded. On the thread of
 * the partition's owner, to which the end of each step comes back.
 */
final class GivingUp {
  private final OwnedPartition partition;
  private final Checkpoint checkpoint;
  private final long offset;
  private final Inbox inbox;
  private final Clock clock;
  private final long begunMs;
  private int step;

  /**
   * Nothing is done yet.
   *
   * @param offset the first record that is needed afterwards
   */
  GivingUp(OwnedPartition partition, Checkpoint checkpoint, long offset, Inbox inbox, Clock clock) {
    this.partition = partition;
    this.checkpoint = checkpoint;
    this.offset = offset;
    this.inbox = inbox;
    this.clock = clock;
    this.begunMs = clock.millis();
  }

  long begunMs() {
    return begunMs;
  }

  long offset() {
    return offset;
  }

  void begin() {
    Step now = Checkpoint.STEPS.get(step);
    perform(now)
        .whenComplete((_, failure) ->
            partition.returns(now, failure, failure == null ? () -> ended(now) : this::begin));
  }

  private CompletionStage<Void> perform(Step now) {
    return switch (now) {
      case SAVE ->
          checkpoint.rows().isEmpty() ? done() : inbox.save(checkpoint.rows(), clock.millis());
      case FLUSH -> partition.flushed();
      case FORGET ->
          checkpoint.forgotten().isEmpty()
              ? done()
              : inbox.delete(checkpoint.forgotten(), clock.millis());
      case COMMIT -> done(); // By whoever has the consumer.
    };
  }

  private static CompletionStage<@Nullable Void> done() {
    return CompletableFuture.completedStage(null);
  }

  private void ended(Step done) {
    if (done == Step.SAVE) {
      partition.saved(checkpoint);
    }
    step++;
    if (done == Step.COMMIT) {
      partition.givenUp(this);
    } else {
      begin();
    }
  }
}
