package io.bluetick.message.quarantine;

import io.bluetick.message.mailbox.Effect;
import io.bluetick.protocol.v1.DeadRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The quarantine over the topic {@code mailbox.dead}. A thread of its own gives records to the
 * producer, which may block for seconds when Kafka is away, and tries them until Kafka has them.
 * One that Kafka took without our hearing of it is there twice and counts once.
 */
final class KafkaQuarantine implements Quarantine, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaQuarantine.class);

  /** On their way at a time. */
  private static final int BATCH = 64;

  private record Waiting(DeadRecord dead, CompletableFuture<Void> durable) {}

  private final CommandLog log;
  private final QuarantineSettings settings;
  private final Clock clock;
  private final Meter.MeterProvider<Counter> quarantined;
  private final BlockingQueue<Waiting> waiting;
  private final Thread thread;
  private volatile boolean isClosing;
  private boolean isFailing;

  KafkaQuarantine(CommandLog log, QuarantineSettings settings, Clock clock, MeterRegistry meters) {
    this.log = log;
    this.settings = settings;
    this.clock = clock;
    this.quarantined =
        Counter.builder("bluetick.mailbox.quarantined")
            .description("Commands that failed; after a crash some are counted again")
            .withRegistry(meters);
    this.waiting = new ArrayBlockingQueue<>(settings.waiting());
    this.thread = Thread.ofPlatform().name("quarantine").daemon().start(this::sendAll);
  }

  @Override
  public CompletionStage<Void> put(int partition, Effect.Quarantine failed) {
    String causeClass = DeadCommand.causeClass(failed.cause());
    quarantined.withTag("cause", causeClass).increment();
    LOG.error(
        "event=command_quarantined partition={} sequence={} kind={} cause={}",
        partition,
        failed.sequence(),
        failed.command().getCommandCase(),
        causeClass);
    DeadRecord dead = DeadCommand.of(partition, failed).failed(failed, clock.millis());
    Waiting one = new Waiting(dead, new CompletableFuture<>());
    if (!waiting.offer(one)) {
      refuse(one, "Too many failed commands wait for the quarantine.");
    } else if (isClosing && waiting.remove(one)) {
      refuse(one, "The service ends.");
    }
    return one.durable();
  }

  private static void refuse(Waiting one, String why) {
    one.durable().completeExceptionally(new CommandLogAwayException(why));
  }

  private void sendAll() {
    List<Waiting> batch = new ArrayList<>();
    try {
      while (true) {
        if (batch.isEmpty()) {
          batch.add(waiting.take());
          waiting.drainTo(batch, BATCH - 1);
        }
        send(batch);
        if (!batch.isEmpty()) {
          TimeUnit.NANOSECONDS.sleep(settings.retryDelay().toNanos());
        }
      }
    } catch (InterruptedException _) {
      waiting.drainTo(batch);
      batch.forEach(left -> refuse(left, "The service ends."));
    }
  }

  /** Leaves those in the batch that are to be tried again. */
  private void send(List<Waiting> batch) throws InterruptedException {
    Queue<Future<?>> sent = new ArrayDeque<>();
    try {
      for (Waiting one : batch) {
        sent.add(log.send(one.dead()));
      }
    } catch (RuntimeException e) {
      tellFailure(e);
    }
    List<Waiting> left = new ArrayList<>();
    for (Waiting one : batch) {
      Future<?> taken = sent.poll();
      if (taken != null && isDurable(taken)) {
        one.durable().complete(null);
      } else {
        left.add(one);
      }
    }
    batch.clear();
    batch.addAll(left);
  }

  /** Waits no longer than the producer tries. */
  private boolean isDurable(Future<?> taken) throws InterruptedException {
    try {
      taken.get();
    } catch (ExecutionException e) {
      tellFailure(e);
      return false;
    }
    if (isFailing) {
      isFailing = false;
      LOG.info("event=kafka_takes_quarantine_again");
    }
    return true;
  }

  private void tellFailure(Exception failure) {
    if (!isFailing) {
      isFailing = true;
      LOG.warn("event=kafka_takes_no_quarantine cause={}", failure.toString());
    }
  }

  /** What waits is not lost: nobody has committed past it. */
  @Override
  public void close() {
    isClosing = true;
    thread.interrupt();
  }
}
