package io.bluetick.message.quarantine;

import com.google.protobuf.ByteString;
import io.bluetick.message.quarantine.QuarantineEntry.Decision;
import io.bluetick.message.quarantine.QuarantineEntry.State;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.DeadDecision;
import io.bluetick.protocol.v1.DeadRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the topic says, as far as it was read: of each command its first record and its first
 * decision. Bounded: the oldest entries are forgotten, and the topic still has them.
 */
final class QuarantineIndex {
  private final int limit;
  private final NavigableMap<Long, DeadCommand> commands = new TreeMap<>();
  private final Map<DeadCommand, QuarantineEntry> entries = new HashMap<>();
  private long position;

  QuarantineIndex(int limit) {
    this.limit = limit;
  }

  /** The offset to read on from. */
  long position() {
    return position;
  }

  /**
   * Forgets what the topic has forgotten.
   *
   * @param first offset that the topic still has
   * @param end that the next record will get
   */
  void align(long first, long end) {
    if (end < position) {
      commands.clear();
      entries.clear();
      position = first; // The topic was made anew.
    }
    position = Math.max(position, first);
    while (!commands.isEmpty() && commands.firstKey() < first) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    var oldest = commands.pollFirstEntry();
    if (oldest != null) {
      entries.remove(oldest.getValue());
    }
  }

  /** Reads one that is not understood too, as null. */
  void read(long offset, @Nullable DeadRecord dead) {
    position = offset + 1;
    if (dead == null) {
      return;
    }
    DeadCommand command = DeadCommand.of(dead);
    switch (dead.getRecordCase()) {
      case FAILED -> failed(offset, command, dead);
      case DECISION ->
          entries.computeIfPresent(
              command, (_, entry) -> entry.decision() == null ? entry.with(decision(dead)) : entry);
      case RECORD_NOT_SET -> {} // Of a newer version.
    }
  }

  private void failed(long offset, DeadCommand command, DeadRecord dead) {
    if (entries.containsKey(command)) {
      return;
    }
    if (commands.size() == limit) {
      forgetOldest();
    }
    commands.put(offset, command);
    entries.put(
        command,
        new QuarantineEntry(
            offset,
            Instant.ofEpochMilli(dead.getTimeMs()),
            command.partition(),
            command.sequence(),
            hex(command.actor()),
            dead.getFailed().getCommand().getCommandCase(),
            dead.getFailed().getCause(),
            null));
  }

  private static String hex(ByteString actor) {
    return actor.size() == AccountId.BYTES ? AccountId.of(actor).toString() : "";
  }

  private static @Nullable Decision decision(DeadRecord dead) {
    DeadDecision made = dead.getDecision();
    Instant at = Instant.ofEpochMilli(dead.getTimeMs());
    return switch (made.getVerdict()) {
      case REPLAYED -> new Decision(State.REPLAYED, at, made.getBy());
      case DISCARDED -> new Decision(State.DISCARDED, at, made.getBy());
      case DEAD_VERDICT_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }

  Optional<QuarantineEntry> find(long id) {
    return Optional.ofNullable(commands.get(id)).map(entries::get);
  }

  /** The newest first. */
  List<QuarantineEntry> before(long id, int count, Predicate<QuarantineEntry> wanted) {
    return commands.headMap(id, false).descendingMap().values().stream()
        .map(entries::get)
        .filter(entry -> entry != null && wanted.test(entry))
        .limit(count)
        .toList();
  }
}
