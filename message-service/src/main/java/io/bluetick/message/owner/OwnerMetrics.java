package io.bluetick.message.owner;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** What is measured of the mailboxes at work. */
final class OwnerMetrics {
  private final MeterRegistry meters;
  private final Counter commands;
  private final Counter dropped;
  private final Timer lag;
  private final Timer checkpoints;

  OwnerMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.commands =
        Counter.builder("bluetick.mailbox.commands")
            .description("Commands of the log that were obeyed")
            .register(meters);
    this.dropped =
        Counter.builder("bluetick.handoff.dropped")
            .description("Stanzas that no gateway took; they are handed over again")
            .register(meters);
    this.lag =
        Timer.builder("bluetick.mailbox.lag")
            .description("From when a record was written to when its commands were obeyed")
            .register(meters);
    this.checkpoints =
        Timer.builder("bluetick.mailbox.checkpoint")
            .description("How long giving up the log took, the inbox and Kafka included")
            .register(meters);
  }

  void obeyed(int count, long lagMs) {
    commands.increment(count);
    lag.record(Duration.ofMillis(Math.max(0, lagMs)));
  }

  void dropped(int handoffs) {
    dropped.increment(handoffs);
  }

  void checkpoint(long tookMs) {
    checkpoints.record(Duration.ofMillis(tookMs));
  }

  /** What was decided without knowing something, because who knows it was away. */
  void missed(String what) {
    meters.counter("bluetick.mailbox.unknown", "what", what).increment();
  }

  /** A step of ours that failed and is tried again. */
  void failed(String step) {
    meters.counter("bluetick.mailbox.retries", "step", step).increment();
  }

  void watch(Supplier<Collection<Owner>> owners) {
    Gauge.builder("bluetick.mailbox.held", owners, all -> sum(all, Owner::heldBytes))
        .description("Stanzas in memory")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("bluetick.mailbox.paused", owners, all -> sum(all, o -> o.isPaused() ? 1 : 0))
        .description("Threads that read no more until something is given up")
        .register(meters);
    Gauge.builder("bluetick.mailbox.partitions", owners, all -> sum(all, Owner::partitions))
        .description("Partitions that are owned here")
        .register(meters);
    Gauge.builder("bluetick.mailbox.checkpoint.age", owners, OwnerMetrics::oldest)
        .description("Since the oldest checkpoint that is not done yet was due")
        .baseUnit("seconds")
        .register(meters);
  }

  private static double sum(Supplier<Collection<Owner>> owners, ToLongFunction<Owner> value) {
    return owners.get().stream().mapToLong(value).sum();
  }

  private static double oldest(Supplier<Collection<Owner>> owners) {
    return owners.get().stream().mapToLong(Owner::checkpointAgeMs).max().orElse(0) / 1_000.0;
  }
}
