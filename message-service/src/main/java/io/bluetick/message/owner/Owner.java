package io.bluetick.message.owner;

import io.bluetick.message.mailbox.Bounds;
import io.bluetick.message.mailbox.PartitionActors;
import io.bluetick.message.owner.OwnedPartition.Question;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Sequence;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
  private final Map<Integer, OwnedPartition> owned = new TreeMap<>();
  private volatile Consumer<byte[], byte[]> consumer;
  private volatile State state = State.STARTING;
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
  }

  State state() {
    return state;
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
    state = State.STOPPING;
    returns.wake();
  }

  @Override
  public void run() {
    while (state != State.STOPPING) {
      try {
        consumer.subscribe(List.of(work.topic()), this);
        state = state == State.STARTING ? State.RUNNING : state;
        while (state != State.STOPPING) {
          turn();
        }
        sayFarewell(owned.values());
      } catch (FencedInstanceIdException e) {
        LOG.error("event=node_twice node={}", settings.node(), e);
        state = State.FENCED;
        break;
      } catch (InterruptException e) {
        Thread.currentThread().interrupt();
        break;
      } catch (RuntimeException e) {
        failed(e);
      }
    }
    end();
  }

  private void end() {
    dropAll();
    state = state == State.FENCED ? State.FENCED : State.STOPPED;
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
    LockSupport.parkNanos(settings.retry().toNanos());
    consumer = consumers.get();
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
      if (partition != null) {
        partition.take(record);
      }
    }
    lookUp();
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

  // ---- Looking up ------------------------------------------------------------------------------

  private void lookUp() {
    Map<OwnedPartition, Question> questions = new LinkedHashMap<>();
    for (OwnedPartition partition : owned.values()) {
      Question question = partition.ask();
      if (!question.isEmpty()) {
        questions.put(partition, question);
      } else if (question.batches() > 0) {
        partition.know(question, Lookups.Found.NOTHING);
      }
    }
    if (!questions.isEmpty()) {
      load(questions);
    }
  }

  private void load(Map<OwnedPartition, Question> questions) {
    Set<AccountId> accounts = new HashSet<>();
    Set<AccountId> groups = new HashSet<>();
    for (Question question : questions.values()) {
      accounts.addAll(question.accounts());
      groups.addAll(question.groups());
    }
    work.lookups()
        .load(accounts, groups)
        .whenComplete((found, failure) -> {
          if (failure == null) {
            returns.add(() -> questions.forEach((of, question) -> of.know(question, found)));
          } else {
            work.metrics().failed("look");
            returns.after(settings.retry(), () -> loadAgain(questions));
          }
        });
  }

  private void loadAgain(Map<OwnedPartition, Question> questions) {
    questions.keySet().removeIf(OwnedPartition::hasSaidFarewell);
    if (!questions.isEmpty()) {
      load(questions);
    }
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
    Map<TopicPartition, Long> ends = consumer.endOffsets(come);
    for (TopicPartition each : come) {
      long committed = consumer.position(each);
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
    List<OwnedPartition> going =
        numbers(gone).stream().map(owned::get).filter(each -> each != null).toList();
    sayFarewell(going);
    drop(gone);
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
      consumer.commitSync(offsets, settings.farewell());
    } catch (WakeupException _) {
      consumer.commitSync(offsets, settings.farewell()); // It was meant for the last poll.
    } catch (RuntimeException e) {
      LOG.warn("event=not_committed offsets={} cause={}", offsets, e.toString());
    }
  }
}
