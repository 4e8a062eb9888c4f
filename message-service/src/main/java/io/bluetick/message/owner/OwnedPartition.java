package io.bluetick.message.owner;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.message.mailbox.Checkpoint;
import io.bluetick.message.mailbox.Effect;
import io.bluetick.message.mailbox.Membership;
import io.bluetick.message.mailbox.Outcome;
import io.bluetick.message.mailbox.PartitionActors;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Sequence;
import io.bluetick.protocol.v1.MailboxBatch;
import io.bluetick.protocol.v1.MailboxCommand;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A partition while it is owned here. On the thread of its owner alone.
 *
 * <p>Records wait until all whom their commands concern are known; what is looked up for one batch
 * is known when it is obeyed, because nobody is let go while a command waits.
 */
final class OwnedPartition {
  private static final int ASKED_AGAIN = 1_000;

  private final int number;
  private final PartitionActors actors;
  private final Consequences consequences;
  private final Outlets outlets;
  private final Returns returns;
  private final OwnerMetrics metrics;
  private final OwnerSettings settings;
  private final Clock clock;
  private final Deque<Batch> waiting = new ArrayDeque<>();
  private final Parked parked = new Parked();
  private long waitingBytes;

  /** Batches of which it is being looked up whom they concern. */
  private int asked;

  /** The first record that was not obeyed. */
  private long nextOffset;

  /** What {@link #nextOffset} was one checkpoint ago. */
  private long earlierOffset;

  private long committed;
  private OptionalLong toCommit = OptionalLong.empty();
  private @Nullable GivingUp givingUp;
  private long checkpointDueMs;
  private Farewell farewell = Farewell.NOT_YET;
  private long heldBytes;
  private long unsavedBytes;
  private boolean mustAskAgain;
  private boolean isAskingAgain;

  /** Those that were looked up while Redis was away: they may be connected. */
  private final Set<AccountId> unrouted = new LinkedHashSet<>();

  private enum Farewell {
    NOT_YET,
    WANTED,
    UNDER_WAY,
    DONE
  }

  /** A record. */
  private record Batch(long offset, long timeMs, int bytes, List<MailboxCommand> commands) {}

  /**
   * Whom must be looked up.
   *
   * @param batches that wait for it
   */
  record Question(Set<AccountId> accounts, Set<AccountId> groups, int batches) {

    boolean isEmpty() {
      return accounts.isEmpty() && groups.isEmpty();
    }
  }

  OwnedPartition(
      Workplace work, Returns returns, int number, long committed, PartitionActors actors) {
    this.number = number;
    this.actors = actors;
    actors.parked(parked.concerned());
    this.outlets = work.outlets();
    this.returns = returns;
    this.metrics = work.metrics();
    this.settings = work.settings();
    this.clock = work.clock();
    this.consequences =
        new Consequences(number, outlets, returns, metrics, clock, settings.retry());
    this.nextOffset = committed;
    this.earlierOffset = committed;
    this.committed = committed;
    long intervalMs = settings.checkpoint().toMillis();
    this.checkpointDueMs =
        clock.millis() + intervalMs * (number % work.partitions()) / work.partitions();
  }

  int number() {
    return number;
  }

  long heldBytes() {
    return heldBytes + waitingBytes + parked.bytes();
  }

  /** What the inbox would take over. */
  long unsavedBytes() {
    return unsavedBytes + waitingBytes;
  }

  boolean isFull() {
    return waitingBytes + parked.bytes() > settings.waitingBytes();
  }

  // ---- Records ---------------------------------------------------------------------------------

  void take(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value() == null ? new byte[0] : record.value();
    List<MailboxCommand> commands = commands(value);
    if (commands.isEmpty() || commands.size() > Sequence.COMMANDS_PER_RECORD) {
      poisoned(record);
      commands = List.of();
    }
    int bytes = value.length;
    waiting.add(new Batch(record.offset(), record.timestamp(), bytes, commands));
    waitingBytes += bytes;
  }

  private static List<MailboxCommand> commands(byte[] value) {
    try {
      return MailboxBatch.parseFrom(value).getCommandsList();
    } catch (InvalidProtocolBufferException _) {
      return List.of();
    }
  }

  /** What is none of ours at all has no command to show. */
  private void poisoned(ConsumerRecord<byte[], byte[]> record) {
    long sequence = Sequence.of(settings.generation(), record.offset(), 0);
    MailboxCommand none = MailboxCommand.getDefaultInstance();
    carryOut(List.of(new Effect.Quarantine(sequence, none, "a record that is no batch")));
  }

  /** Whom the records that wait concern and nothing is known of, if it is not asked already. */
  Question ask() {
    Set<AccountId> accounts = new HashSet<>();
    Set<AccountId> groups = new HashSet<>();
    if (asked > 0) {
      return new Question(accounts, groups, 0);
    }
    for (Batch batch : waiting) {
      for (MailboxCommand command : batch.commands()) {
        accounts.addAll(actors.unknown(command));
        groups.addAll(actors.unknownGroups(command));
      }
    }
    asked = waiting.size();
    return new Question(accounts, groups, asked);
  }

  /** Whom to look up apart from that: nothing waits for it but what is parked. */
  Question askAgain() {
    Set<AccountId> accounts = consequences.takeLooks();
    if (mustAskAgain && !isAskingAgain) {
      mustAskAgain = false;
      accounts.addAll(parked.unknown());
      unrouted.stream().limit(ASKED_AGAIN).forEach(accounts::add);
      isAskingAgain = !accounts.isEmpty();
    }
    return new Question(accounts, Set.of(), 0);
  }

  /** What was asked for. */
  void know(Question question, Lookups.Found found) {
    if (farewell == Farewell.DONE) {
      return;
    }
    long nowMs = clock.millis();
    for (AccountId account : question.accounts()) {
      Lookups.Known known = found.accounts().get(account);
      if (known != null) {
        actors.know(account, known.entry(), known.blocked(), nowMs);
      }
    }
    for (AccountId group : question.groups()) {
      Membership membership = found.groups().get(group);
      if (membership != null) {
        actors.know(group, membership);
      }
    }
    for (Parked.Command each : parked.release(found.accounts().keySet())) {
      actors.handle(each.sequence(), each.command(), nowMs);
    }
    unrouted.removeAll(found.accounts().keySet());
    if (found.isWithoutRoutes() && unrouted.size() < settings.mailboxes()) {
      unrouted.addAll(question.accounts());
    }
    if (question.batches() == 0) {
      isAskingAgain = false;
    } else {
      Set<AccountId> missing = new HashSet<>(question.accounts());
      missing.removeAll(found.accounts().keySet());
      obey(missing, nowMs);
      mustAskAgain |= !missing.isEmpty();
    }
    carryOut(actors.take(nowMs));
  }

  private void obey(Set<AccountId> missing, long nowMs) {
    boolean mayPark = !missing.isEmpty() || !parked.isEmpty();
    for (; asked > 0; asked--) {
      Batch batch = waiting.remove();
      waitingBytes -= batch.bytes();
      heldBytes += batch.bytes(); // Until it is counted anew.
      unsavedBytes += batch.bytes();
      int index = 0;
      for (MailboxCommand command : batch.commands()) {
        long sequence = Sequence.of(settings.generation(), batch.offset(), index++);
        if (!mayPark || !parked.takes(sequence, command, missing)) {
          actors.handle(sequence, command, nowMs);
        }
      }
      nextOffset = batch.offset() + 1;
      metrics.obeyed(index, nowMs - batch.timeMs());
    }
  }

  private void carryOut(List<Effect> effects) {
    consequences.carryOut(effects, this::ended);
  }

  private void ended(Outcome outcome) {
    if (farewell != Farewell.DONE) {
      long nowMs = clock.millis();
      actors.handle(outcome, nowMs);
      carryOut(actors.take(nowMs));
    }
  }

  /**
   * Now and then.
   *
   * @param isTight too much is held in all
   */
  void tick(long nowMs, boolean isTight) {
    actors.isTight(isTight);
    actors.tick(nowMs);
    carryOut(actors.take(nowMs));
    mustAskAgain = !parked.isEmpty() || !unrouted.isEmpty();
    if (actors.size() > settings.mailboxes()) {
      actors.evict(settings.mailboxes(), wanted());
    }
    heldBytes = actors.heldBytes();
    unsavedBytes = actors.unsavedBytes();
  }

  /** Whom it was looked up for. */
  private Set<AccountId> wanted() {
    Set<AccountId> wanted = new HashSet<>(parked.concerned().keySet());
    for (Batch batch : waiting) {
      batch.commands().forEach(each -> wanted.addAll(PartitionActors.concerned(each)));
    }
    return wanted;
  }

  // ---- Checkpoints -----------------------------------------------------------------------------

  /** Begins a checkpoint if it is time. */
  void giveUp(long nowMs) {
    if (givingUp != null || nowMs < checkpointDueMs || farewell != Farewell.NOT_YET) {
      return;
    }
    checkpointDueMs = nowMs + settings.checkpoint().toMillis();
    long wanted = earlierOffset;
    earlierOffset = nextOffset;
    begin(wanted);
  }

  private void begin(long wanted) {
    Checkpoint checkpoint = actors.checkpoint(Sequence.of(settings.generation(), wanted, 0) - 1);
    long first = Sequence.of(settings.generation(), 0, 0);
    long needed = Math.min(checkpoint.upTo() + 1, parked.first().orElse(Long.MAX_VALUE));
    long offset = Sequence.offset(Math.max(first, needed));
    GivingUp begun = new GivingUp(this, checkpoint, offset, outlets.inbox(), clock);
    boolean isNothing =
        checkpoint.rows().isEmpty()
            && checkpoint.forgotten().isEmpty()
            && begun.offset() <= committed;
    if (isNothing) {
      farewell = farewell == Farewell.UNDER_WAY ? Farewell.DONE : farewell;
    } else {
      givingUp = begun;
      begun.begin();
    }
  }

  /** The partition goes elsewhere: all that was obeyed is given up. */
  void sayFarewell() {
    farewell = Farewell.WANTED;
    if (givingUp == null) {
      beginFarewell();
    }
  }

  private void beginFarewell() {
    farewell = Farewell.UNDER_WAY;
    begin(nextOffset);
  }

  /** It is somebody else's: nothing of it is done any more. */
  void end() {
    farewell = Farewell.DONE;
    consequences.end();
  }

  boolean hasSaidFarewell() {
    return farewell == Farewell.DONE;
  }

  CompletionStage<Void> flushed() {
    return consequences.flushed();
  }

  /** Brings the end of a step back to this thread, or the next attempt. */
  void returns(Checkpoint.Step step, @Nullable Throwable failure, Runnable next) {
    Runnable unlessOver =
        () -> {
          if (farewell != Farewell.DONE) {
            next.run();
          }
        };
    if (failure == null) {
      returns.add(unlessOver);
    } else {
      metrics.failed(step.name().toLowerCase(Locale.ROOT));
      returns.after(settings.retry(), unlessOver);
    }
  }

  void saved(Checkpoint checkpoint) {
    actors.saved(checkpoint);
    carryOut(actors.take(clock.millis()));
  }

  void givenUp(GivingUp done) {
    metrics.checkpoint(clock.millis() - done.begunMs());
    givingUp = null;
    if (done.offset() > committed) {
      toCommit = OptionalLong.of(done.offset());
    }
    switch (farewell) {
      case NOT_YET, DONE -> {}
      case WANTED -> beginFarewell();
      case UNDER_WAY -> farewell = Farewell.DONE;
    }
  }

  /** What is to be committed since the last call. */
  OptionalLong takeCommit() {
    OptionalLong taken = toCommit;
    toCommit = OptionalLong.empty();
    taken.ifPresent(offset -> committed = offset);
    return taken;
  }

  /** For how long a checkpoint is overdue. */
  long checkpointAgeMs(long nowMs) {
    return givingUp == null ? 0 : nowMs - givingUp.begunMs();
  }
}
