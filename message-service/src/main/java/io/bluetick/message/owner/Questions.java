package io.bluetick.message.owner;

import io.bluetick.message.inbox.Inbox;
import io.bluetick.message.mailbox.DeviceKey;
import io.bluetick.message.mailbox.Effect;
import io.bluetick.message.mailbox.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks the inbox, again and again until it answers: nobody else would. On the thread of the
 * partition's owner. Of a device that comes and goes while the inbox is away only the last read
 * goes on.
 */
final class Questions {
  private final Inbox inbox;
  private final Returns returns;
  private final OwnerMetrics metrics;
  private final Clock clock;
  private final Duration retry;

  /** The number of the last read of each device, as long as it has no answer. */
  private final Map<DeviceKey, Long> reads = new HashMap<>();

  private boolean isOver;

  Questions(Inbox inbox, Returns returns, OwnerMetrics metrics, Clock clock, Duration retry) {
    this.inbox = inbox;
    this.returns = returns;
    this.metrics = metrics;
    this.clock = clock;
    this.retry = retry;
  }

  /**
   * Reads.
   *
   * @param outcomes is told the rows
   */
  void read(Effect.Read read, Consumer<Outcome> outcomes) {
    reads.put(read.device(), read.number());
    ask(
        "read",
        () -> inbox.read(read, clock.millis()),
        page -> {
          reads.remove(read.device(), read.number());
          outcomes.accept(page);
        },
        () -> reads.getOrDefault(read.device(), 0L) == read.number());
  }

  /** Counts. */
  void measure(Effect.Measure measure, Consumer<Outcome> outcomes) {
    ask("measure", () -> inbox.measure(measure), outcomes, () -> true);
  }

  /** The partition is somebody else's: what failed is not asked again. */
  void end() {
    isOver = true;
  }

  private <T extends Outcome> void ask(
      String step,
      Supplier<CompletionStage<T>> question,
      Consumer<Outcome> outcomes,
      BooleanSupplier isAwaited) {
    question
        .get()
        .whenComplete((outcome, failure) -> {
          if (failure == null) {
            returns.add(() -> outcomes.accept(outcome));
          } else {
            metrics.failed(step);
            returns.after(
                retry,
                () -> {
                  if (!isOver && isAwaited.getAsBoolean()) {
                    ask(step, question, outcomes, isAwaited);
                  }
                });
          }
        });
  }
}
