package io.bluetick.message.mailbox;

import io.bluetick.message.mailbox.Checkpoint.Step;
import io.bluetick.message.mailbox.SimulatedDevice.MessageId;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Sequence;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.StoredMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What runs the actors of the partition: the shell, with everything that may go wrong around it.
 */
final class SimulatedOwner {
  private final World world;
  private final String name;
  private final PartitionActors actors;
  private final long firstOffset;

  /** What was read before may have been forgotten. */
  private long remembersFrom;

  private long nextOffset;
  private final Deque<Effect> waiting = new ArrayDeque<>();

  /** In the producer's buffer: lost if the owner dies. */
  private final Deque<MailboxCommand> unflushed = new ArrayDeque<>();

  private @Nullable Checkpoint checkpoint;
  private int step;
  private long checkpointOffset;
  private boolean isReplaced;
  private final Map<Handed, Long> handedOver = new HashMap<>();

  private record Handed(MessageId message, DeviceKey to) {}

  SimulatedOwner(World world, String name, long committed, Bounds bounds) {
    this.world = world;
    this.name = name;
    this.firstOffset = committed;
    this.nextOffset = committed;
    this.remembersFrom = committed;
    this.actors =
        new PartitionActors(1, place(committed), place(world.log.size()), world.nowMs, bounds);
  }

  static long place(long offset) {
    return Sequence.of(0, offset, 0);
  }

  void replaced() {
    isReplaced = true;
  }

  boolean isBehind() {
    return nextOffset < world.log.size();
  }

  boolean isBusy() {
    return !waiting.isEmpty() || !unflushed.isEmpty() || checkpoint != null;
  }

  int held() {
    return actors.held();
  }

  void poll(int records) {
    for (int i = 0; i < records && isBehind() && !isReplaced; i++) {
      MailboxCommand command = world.log.get((int) nextOffset);
      for (AccountId account : actors.unknown(command)) {
        actors.know(account, world.accounts.directory(account), Set.of(), world.nowMs);
      }
      world.trace("%s reads %d %s", name, nextOffset, World.told(command));
      actors.handle(place(nextOffset), command, world.nowMs);
      nextOffset++;
      carryOut();
    }
  }

  private void carryOut() {
    for (Effect effect : actors.take(world.nowMs)) {
      switch (effect) {
        case Effect.Send send -> {
          note(send);
          world.trace("%s sends %s", name, World.told(send));
          world.outbound(send);
        }
        case Effect.Tell tell -> unflushed.add(tell.command());
        case Effect.Spread spread -> unflushed.add(spread.command());
        case Effect.Wake wake -> world.woken(wake);
        case Effect.Read read -> waiting.add(read);
        case Effect.Measure measure -> waiting.add(measure);
        case Effect.Look look -> waiting.add(look);
        case Effect.Quarantine poison -> throw new Violation("quarantined: " + poison.cause());
      }
    }
  }

  /** One that was given a message does not give it again under another number. */
  private void note(Effect.Send send) {
    if (send.content().hasCall()) {
      world.called(send);
    }
    if (send.sequence() < place(remembersFrom) || !send.content().hasMessage()) {
      return;
    }
    StoredMessage message = send.content().getMessage();
    Handed what =
        new Handed(
            new MessageId(DeviceKey.of(message.getFrom()), message.getCounter()),
            world.deviceAt(send.route()));
    Long before = handedOver.putIfAbsent(what, send.sequence());
    if (before != null && before != send.sequence()) {
      throw new Violation("handed over twice: " + what);
    }
  }

  /** The oldest of what was asked of the inbox or the directory is answered. */
  void answer() {
    Effect asked = waiting.poll();
    if (asked == null) {
      return;
    }
    switch (asked) {
      case Effect.Read read -> {
        Outcome.Page page = world.inbox.read(read, world.nowMs);
        world.trace("%s has read %s: %d rows", name, read.device(), page.rows().size());
        actors.handle(page, world.nowMs);
      }
      case Effect.Measure measure -> actors.handle(world.inbox.measure(measure), world.nowMs);
      case Effect.Look look ->
          actors.know(
              look.account(), world.accounts.directory(look.account()), Set.of(), world.nowMs);
      default -> throw new AssertionError(asked);
    }
    carryOut();
  }

  void tick() {
    actors.isTight(!world.isCalm && world.random.nextInt(16) == 0);
    actors.tick(world.nowMs);
    carryOut();
  }

  void evict() {
    actors.evict(0, Set.of());
    handedOver.clear();
    remembersFrom = nextOffset;
  }

  /** The producer sends by itself now and then. */
  void sendSome(int count) {
    for (int i = 0; i < count && !unflushed.isEmpty(); i++) {
      world.append(unflushed.remove());
    }
  }

  /** One step of a checkpoint, or the beginning of one that leaves the newest records out. */
  void checkpoint(int leftOut) {
    if (checkpoint == null) {
      long offset = nextOffset - leftOut;
      if (offset > firstOffset) {
        checkpoint = actors.checkpoint(place(offset) - 1);
        checkpointOffset = ((checkpoint.upTo() + 1) >> 12) - 1;
        step = 0;
      }
      return;
    }
    Step now = Checkpoint.STEPS.get(step);
    world.trace("%s checkpoint %d: %s", name, checkpointOffset, now);
    switch (now) {
      case SAVE -> {
        checkpoint.rows().forEach(world.inbox::write);
        actors.saved(checkpoint);
        carryOut();
      }
      case FLUSH -> sendSome(Integer.MAX_VALUE);
      case FORGET -> checkpoint.forgotten().forEach(world.inbox::delete);
      case COMMIT -> {
        if (!isReplaced) {
          world.committed = Math.max(world.committed, checkpointOffset);
        }
      }
    }
    step++;
    if (step == Checkpoint.STEPS.size()) {
      checkpoint = null;
    }
  }

  /** Dies: of what its producer held some may have gone out. */
  void crash(int sent) {
    sendSome(sent);
  }
}
