package io.bluetick.message.owner;

import io.bluetick.message.mailbox.Bounds;
import io.bluetick.message.mailbox.PartitionActors;
import io.bluetick.protocol.Sequence;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that owns some partitions of the log and runs their mailboxes.
 *
 * <h2>A turn</h2>
 *
 * What came back from the inbox and the directory, the checkpoints that are due, then the records
 * that a poll brought: all whom they concern are looked up by one call. While it waits for records
 * a result wakes it.
 *
 * <p>A thread of ours and not a listener container, because results must come back to the thread
 * between two polls, and a partition is given up only when its rows are saved.
 *
 * <h2>Failures</h2>
 *
 * Whatever goes wrong with Kafka or in here, the partitions are dropped as they are and read again
 * from their last checkpoint.
 */
final class Owner implements Runnable, ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(Owner.class);
  private static final Duration TICK = Duration.ofMillis(500);
  private static final Duration WAIT = Duration.ofMillis(100);
  private static final long LOOK_ABOUT_NANOS = 1_000_000;

  private final Workplace work;
  private final OwnerSettings settings;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Returns returns;
  private final Inquiry inquiry;
  private final Map<Integer, OwnedPartition> owned = new TreeMap<>();
  private volatile Consumer<byte[], byte[]> consumer;
  private final AtomicReference<State> state = new AtomicReference<>(State.STARTING);
  private volatile long heldBytes;
  private volatile long partitions;
  private volatile long checkpointAgeMs;
  private volatile boolean isPaused;
  private long tickDueMs;
  private boolean isFailing;

  /** How it is with this thread. */
  enum State {
    STARTING,
    RUNNING,
    STOPPING,
    STOPPED,
    /** Another process has its name. */
    FENCED
  }

  Owner(Workplace work, Supplier<Consumer<byte[], byte[]>> consumers) {
    this.work = work;
    this.settings = work.settings();
    this.consumers = consumers;
    this.consumer = consumers.get();
    this.returns = new Returns(() -> consumer.wakeup());
    this.inquiry = new Inquiry(work.lookups(), returns);
  }

  State state() {
    return state.get();
  }

  long heldBytes() {
    return heldBytes;
  }

  long partitions() {
    return partitions;
  }

  long checkpointAgeMs() {
    return checkpointAgeMs;
  }

  boolean isPaused() {
    return isPaused;
  }

  /** Has it give its partitions up, and end. */
  void stop() {
    state.set(State.STOPPING);
    returns.wake();
  }

  @Override
  public void run() {
    try {
      while (state.get() != State.STOPPING) {
        runUntilItFails();
      }
    } finally {
      dropAll();
      state.compareAndSet(State.RUNNING, State.STOPPED);
      state.compareAndSet(State.STOPPING, State.STOPPED);
    }
  }

  private void runUntilItFails() {
    try {
      consumer.subscribe(List.of(work.topic()), this);
      state.compareAndSet(State.STARTING, State.RUNNING);
      while (state.get() != State.STOPPING) {
        turn();
      }
      sayFarewell(owned.values());
    } catch (FencedInstanceIdException e) {
      state.set(State.FENCED);
      throw e;
    } catch (InterruptException e) {
      Thread.currentThread().interrupt();
      state.set(State.STOPPING);
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void dropAll() {
    owned.values().forEach(OwnedPartition::end);
    owned.clear();
    try {
      consumer.close();
    } catch (RuntimeException e) {
      LOG.warn("event=mailboxes_not_closed cause={}", e.toString());
    }
  }

  private void failed(RuntimeException failure) {
    if (!isFailing) {
      isFailing = true;
      LOG.error("event=mailboxes_failed partitions={}", owned.keySet(), failure);
    }
    work.metrics().failed("turn");
    dropAll();
    boolean isMade = false;
    while (!isMade && state.get() != State.STOPPING) {
      LockSupport.parkNanos(settings.retry().toNanos());
      isMade = makeConsumer();
    }
  }

  private boolean makeConsumer() {
    try {
      consumer = consumers.get();
      return true;
    } catch (RuntimeException e) {
      LOG.warn("event=no_consumer cause={}", e.toString());
      return false;
    }
  }

  private void turn() {
    returns.runAll();
    long nowMs = work.clock().millis();
    owned.values().forEach(partition -> partition.giveUp(nowMs));
    if (nowMs >= tickDueMs) {
      tickDueMs = nowMs + TICK.toMillis();
      boolean isTight = heldBytes > settings.heldBytes();
      owned.values().forEach(partition -> partition.tick(nowMs, isTight));
      look(nowMs);
    }
    commit();
    pause();
    for (ConsumerRecord<byte[], byte[]> record : poll()) {
      OwnedPartition partition = owned.get(record.partition());
      if (partition == null) {
        throw new IllegalStateException("a record of a partition that was not taken over");
      }
      partition.take(record);
    }
    inquiry.lookUp(owned.values());
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      ConsumerRecords<byte[], byte[]> records =
          consumer.poll(returns.mayWait() ? WAIT : Duration.ZERO);
      if (isFailing && !owned.isEmpty()) {
        isFailing = false;
        LOG.info("event=mailboxes_at_work_again partitions={}", owned.keySet());
      }
      return records;
    } catch (WakeupException _) {
      return ConsumerRecords.empty(); // There is something else to do.
    } finally {
      returns.waited();
    }
  }

  /** What others may see. */
  private void look(long nowMs) {
    partitions = owned.size();
    checkpointAgeMs =
        owned.values().stream().mapToLong(each -> each.checkpointAgeMs(nowMs)).max().orElse(0);
  }

  // ---- Bounds ----------------------------------------------------------------------------------

  /**
   * Reads no more while much is not saved, or a partition waits. What is saved already is no
   * reason: it goes when it is acknowledged, and acknowledgements are in the log.
   */
  private void pause() {
    heldBytes = owned.values().stream().mapToLong(OwnedPartition::heldBytes).sum();
    long unsaved = owned.values().stream().mapToLong(OwnedPartition::unsavedBytes).sum();
    boolean isTooMuch = unsaved > settings.unsavedBytes() || !work.outlets().log().hasRoom();
    isPaused = isTooMuch;
    Set<TopicPartition> paused = consumer.paused();
    for (OwnedPartition partition : owned.values()) {
      TopicPartition name = name(partition.number());
      boolean mustWait = isTooMuch || partition.isFull();
      if (mustWait && !paused.contains(name)) {
        consumer.pause(List.of(name));
      } else if (!mustWait && paused.contains(name)) {
        consumer.resume(List.of(name));
      }
    }
  }

  private TopicPartition name(int partition) {
    return new TopicPartition(work.topic(), partition);
  }

  // ---- Coming and going ------------------------------------------------------------------------

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> come) {
    if (come.isEmpty()) {
      return;
    }
    returns.waited(); // Nobody wakes this thread in here; one may be just about to.
    Map<TopicPartition, Long> ends = evenIfWoken(() -> consumer.endOffsets(come));
    for (TopicPartition each : come) {
      long committed = evenIfWoken(() -> consumer.position(each));
      long end = Math.max(committed, ends.getOrDefault(each, committed));
      PartitionActors actors =
          new PartitionActors(
              work.partitions(),
              Sequence.of(settings.generation(), committed, 0),
              Sequence.of(settings.generation(), end, 0),
              work.clock().millis(),
              Bounds.DEFAULTS.withSuspicion(settings.suspicion()));
      owned.put(
          each.partition(), new OwnedPartition(work, returns, each.partition(), committed, actors));
    }
    LOG.info("event=partitions_came partitions={} owned={}", numbers(come), owned.keySet());
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> gone) {
    returns.waited();
    List<OwnedPartition> going =
        numbers(gone).stream().map(owned::get).filter(each -> each != null).toList();
    try {
      sayFarewell(going);
    } finally {
      drop(gone);
    }
  }

  /** Somebody else has them already: what is not saved is read again there. */
  @Override
  public void onPartitionsLost(Collection<TopicPartition> gone) {
    drop(gone);
  }

  private void drop(Collection<TopicPartition> gone) {
    for (int number : numbers(gone)) {
      OwnedPartition partition = owned.remove(number);
      if (partition != null) {
        partition.end();
      }
    }
    if (!gone.isEmpty()) {
      LOG.info("event=partitions_went partitions={} owned={}", numbers(gone), owned.keySet());
    }
  }

  private static List<Integer> numbers(Collection<TopicPartition> partitions) {
    return partitions.stream().map(TopicPartition::partition).sorted().toList();
  }

  /** Waits, within its bound, until all of it is given up. */
  private void sayFarewell(Collection<OwnedPartition> going) {
    long deadline = System.nanoTime() + settings.farewell().toNanos();
    going.forEach(OwnedPartition::sayFarewell);
    while (!going.stream().allMatch(OwnedPartition::hasSaidFarewell)
        && System.nanoTime() < deadline) {
      if (!returns.runAll()) {
        LockSupport.parkNanos(LOOK_ABOUT_NANOS);
      }
    }
    Map<TopicPartition, OffsetAndMetadata> offsets = toCommit();
    if (!offsets.isEmpty()) {
      commitNow(offsets);
    }
  }

  // ---- Committing ------------------------------------------------------------------------------

  private Map<TopicPartition, OffsetAndMetadata> toCommit() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (OwnedPartition partition : owned.values()) {
      partition
          .takeCommit()
          .ifPresent(offset -> {
            String time = Long.toString(work.clock().millis());
            offsets.put(name(partition.number()), new OffsetAndMetadata(offset, time));
          });
    }
    return offsets;
  }

  /** One that fails is made up for by the next. */
  private void commit() {
    Map<TopicPartition, OffsetAndMetadata> offsets = toCommit();
    if (!offsets.isEmpty()) {
      consumer.commitAsync(
          offsets,
          (_, failure) -> {
            if (failure != null) {
              work.metrics().failed("commit");
            }
          });
    }
  }

  private void commitNow(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      evenIfWoken(() -> {
        consumer.commitSync(offsets, settings.farewell());
        return offsets;
      });
    } catch (FencedInstanceIdException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("event=not_committed offsets={} cause={}", offsets, e.toString());
    }
  }

  /** A wake-up that was meant for the last poll ends the next call; there is one at most. */
  private static <T> T evenIfWoken(Supplier<T> call) {
    try {
      return call.get();
    } catch (WakeupException _) {
      return call.get();
    }
  }
}
