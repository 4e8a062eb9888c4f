package io.bluetick.message.mailbox;

import com.google.protobuf.ByteString;
import io.bluetick.directory.AccountEntry;
import io.bluetick.message.mailbox.Effect.Forget;
import io.bluetick.message.mailbox.Effect.Rows;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.MailboxCommand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The actors of one partition, for as long as it is owned here. One thread calls: for each record
 * of the log it looks up whom {@link #unknown} names, hands the commands to {@link #handle}, and
 * carries out what {@link #take} answers.
 *
 * <p>Actors with nothing in memory may be evicted; they are looked up again.
 */
public final class PartitionActors {
  private final int partitions;
  private final Bounds bounds;
  private final Custody custody;
  private final Effects effects;
  private final Map<AccountId, Mailbox> mailboxes = new HashMap<>();
  private final Map<AccountId, Group> groups = new HashMap<>();

  /** Those that hold something. */
  private final Set<Mailbox> active = new LinkedHashSet<>();

  /** Accounts whose rows the latest checkpoint deletes. */
  private final Set<AccountId> forgetting = new HashSet<>();

  /**
   * Takes the partition over.
   *
   * @param partitions of the topic
   * @param committed the first sequence that is read
   * @param endOfLog the first sequence that is not in the log yet
   */
  public PartitionActors(int partitions, long committed, long endOfLog, long nowMs, Bounds bounds) {
    this.partitions = partitions;
    this.bounds = bounds;
    this.custody = new Custody(committed, endOfLog, nowMs + bounds.suspicion().toMillis(), bounds);
    this.effects = new Effects(bounds);
  }

  /** Accounts that must be told by {@link #know} before this command can be obeyed. */
  public List<AccountId> unknown(MailboxCommand command) {
    if (isForGroup(command)) {
      return List.of();
    }
    List<AccountId> unknown = new ArrayList<>();
    for (AccountId account : concerned(command)) {
      Mailbox mailbox = mailboxes.get(account);
      if (mailbox == null || mailbox.mustLook(command)) {
        unknown.add(account);
      }
    }
    return unknown;
  }

  /** Groups that must be told by {@link #know} before this command can be obeyed. */
  public List<AccountId> unknownGroups(MailboxCommand command) {
    if (!isForGroup(command)) {
      return List.of();
    }
    return concerned(command).stream()
        .filter(id -> {
          Group group = groups.get(id);
          return group == null || group.mustLook(command);
        })
        .toList();
  }

  private static boolean isForGroup(MailboxCommand command) {
    return command.hasDeliverToGroup() || command.hasGroupChanged();
  }

  /** Accounts or a group; none if the command names whom cannot be: {@link #handle} says so. */
  public static List<AccountId> concerned(MailboxCommand command) {
    Collection<ByteString> ids =
        command.hasFanOut() ? command.getFanOut().getMembersList() : List.of(command.getActor());
    List<AccountId> actors = new ArrayList<>();
    for (ByteString id : ids) {
      if (id.size() == AccountId.BYTES) {
        actors.add(AccountId.of(id));
      }
    }
    return actors;
  }

  public void know(AccountId account, AccountEntry entry, Set<AccountId> blocked, long nowMs) {
    Mailbox mailbox =
        mailboxes.computeIfAbsent(account, _ -> new Mailbox(account, custody, bounds, effects));
    mailbox.know(entry, blocked, nowMs);
    note(mailbox);
  }

  public void know(AccountId group, Membership membership) {
    groups
        .computeIfAbsent(group, _ -> new Group(group, partitions, bounds, effects))
        .know(membership);
  }

  /** Obeys a command whose actors are known. One that fails changes nothing but is told. */
  public void handle(long sequence, MailboxCommand command, long nowMs) {
    custody.handled(sequence);
    List<AccountId> actors = concerned(command);
    if (actors.isEmpty()) {
      quarantine(sequence, command, "it names nobody");
    }
    for (AccountId actor : actors) {
      if (isForGroup(command)) {
        Group group = Objects.requireNonNull(groups.get(actor), "a group that is not known");
        quarantineIfFails(sequence, command, () -> group.handle(command));
      } else {
        Mailbox mailbox =
            Objects.requireNonNull(mailboxes.get(actor), "an account that is not known");
        quarantineIfFails(sequence, command, () -> mailbox.handle(sequence, command, nowMs));
        note(mailbox);
      }
    }
  }

  private void quarantineIfFails(long sequence, MailboxCommand command, Runnable handle) {
    try {
      handle.run();
    } catch (RuntimeException e) {
      quarantine(sequence, command, e.toString());
    }
  }

  private void quarantine(long sequence, MailboxCommand command, String cause) {
    effects.add(new Effect.Quarantine(sequence, command, cause));
  }

  private void note(Mailbox mailbox) {
    if (!mailbox.isIdle()) {
      active.add(mailbox);
    }
  }

  /** What became of an effect; of a device that is no more it does not matter. */
  public void handle(Outcome outcome, long nowMs) {
    Mailbox mailbox = mailboxes.get(outcome.device().account());
    DeviceQueue queue = mailbox == null ? null : mailbox.queue(outcome.device());
    if (mailbox == null || queue == null) {
      return;
    }
    switch (outcome) {
      case Outcome.Page page -> queue.page(page, nowMs);
      case Outcome.Measured measured -> {
        if (measured.dropUpTo() > 0 && queue.drop(measured.dropUpTo(), nowMs)) {
          effects.tell(Mailbox.resync(queue.key()));
        }
      }
    }
    note(mailbox);
  }

  /** About once a second: looks after what does not come. */
  public void tick(long nowMs) {
    for (Mailbox mailbox : active) {
      mailbox.queues().forEach(queue -> queue.tick(nowMs));
    }
    active.removeIf(Mailbox::isIdle);
  }

  /** What is to be done since the last call. */
  public List<Effect> take(long nowMs) {
    return effects.take(nowMs);
  }

  /**
   * Begins to give the log up. Effects must have been taken before.
   *
   * @param wanted how far; the checkpoint may go less far
   */
  public Checkpoint checkpoint(long wanted) {
    long upTo = wanted;
    for (Mailbox mailbox : active) {
      for (DeviceQueue queue : mailbox.queues()) {
        upTo = queue.mayGiveUp(upTo);
      }
    }
    List<Rows> rows = new ArrayList<>();
    for (Mailbox mailbox : active) {
      for (DeviceQueue queue : mailbox.queues()) {
        List<Stanza> unsaved = queue.toSave(upTo);
        if (!unsaved.isEmpty()) {
          rows.add(new Rows(queue.key(), unsaved));
        }
      }
    }
    List<Forget> forgotten = effects.takeForgotten();
    forgetting.clear();
    forgotten.forEach(forget -> forgetting.add(forget.device().account()));
    return new Checkpoint(upTo, rows, forgotten);
  }

  /** The rows of this checkpoint are in the inbox. */
  public void saved(Checkpoint checkpoint) {
    for (Rows rows : checkpoint.rows()) {
      Mailbox mailbox = mailboxes.get(rows.device().account());
      DeviceQueue queue = mailbox == null ? null : mailbox.queue(rows.device());
      if (queue != null) {
        queue.saved(rows.stanzas().getLast().sequence(), rows.stanzas().size());
      }
    }
  }

  /**
   * Lets actors that hold nothing go, until so many mailboxes and so many groups are left. Not
   * while rows are still to be deleted: whoever came back would take them for news.
   *
   * @param wanted those that were looked up for what comes next
   */
  public void evict(int keep, Set<AccountId> wanted) {
    var group = groups.keySet().iterator();
    while (groups.size() > keep && group.hasNext()) {
      if (!wanted.contains(group.next())) {
        group.remove();
      }
    }
    Set<AccountId> owing = effects.forgetting();
    owing.addAll(forgetting);
    owing.addAll(wanted);
    var each = mailboxes.entrySet().iterator();
    while (mailboxes.size() > keep && each.hasNext()) {
      Map.Entry<AccountId, Mailbox> mailbox = each.next();
      if (mailbox.getValue().isIdle() && !owing.contains(mailbox.getKey())) {
        active.remove(mailbox.getValue());
        each.remove();
      }
    }
  }

  /**
   * Commands of these accounts wait elsewhere, and come later.
   *
   * @param from the first of each, whenever it is looked at: what is newer in the inbox comes from
   *     the log
   */
  public void parked(Map<AccountId, Long> from) {
    custody.parked(from);
  }

  /** Memory is short: less is on its way to each device, and the rest waits in the inbox. */
  public void isTight(boolean isTightNow) {
    custody.isTight(isTightNow);
  }

  /** About so much memory is taken by what is not in the inbox yet. */
  public long unsavedBytes() {
    long bytes = 0;
    for (Mailbox mailbox : active) {
      for (DeviceQueue queue : mailbox.queues()) {
        bytes += queue.unsavedBytes();
      }
    }
    return bytes;
  }

  /** About so much memory {@link #held} takes. */
  public long heldBytes() {
    long bytes = 0;
    for (Mailbox mailbox : active) {
      for (DeviceQueue queue : mailbox.queues()) {
        bytes += queue.heldBytes();
      }
    }
    return bytes;
  }

  /** Mailboxes or groups in memory, whichever are more. */
  public int size() {
    return Math.max(mailboxes.size(), groups.size());
  }

  /** Stanzas in memory. */
  public int held() {
    int held = 0;
    for (Mailbox mailbox : active) {
      for (DeviceQueue queue : mailbox.queues()) {
        held += queue.held();
      }
    }
    return held;
  }
}
