package io.bluetick.e2e.device;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was sent and is not known to be accepted, in the order of its counters. A repair has the
 * counter of its message and waits behind it.
 *
 * <p>Sent again on one connection, it is answered as often as it was sent. So what is sent is done
 * with when there is an answer to each: or the tick of a message could be taken for its repair's.
 */
final class Outbox {
  /** Fewer than the gateway lets wait, so that it goes on reading when all are sent again. */
  private static final int WINDOW = 64;

  private static final Duration TICK_LIMIT = Duration.ofSeconds(5);
  private static final Duration LAST_TICK_LIMIT = Duration.ofSeconds(20);

  private final NavigableMap<Long, Entry> entries = new TreeMap<>();
  private Duration tickLimit = TICK_LIMIT;

  /** What goes under one counter. */
  private static final class Entry {
    final Deque<Outgoing> parts = new ArrayDeque<>();
    boolean isWritten;
    int unanswered;
    long writtenNanos;
  }

  /** Writes to a connection. */
  interface Writer {
    void write(long counter, Outgoing part);
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  int size() {
    return entries.size();
  }

  void add(long counter, Outgoing part) {
    entries.computeIfAbsent(counter, _ -> new Entry()).parts.add(part);
  }

  /** Writes what may be under way now, in order. */
  void write(Writer writer, long nowNanos) {
    int room = WINDOW;
    for (var each : entries.entrySet()) {
      Entry entry = each.getValue();
      if (room-- == 0) {
        return;
      }
      if (!entry.isWritten) {
        entry.isWritten = true;
        entry.unanswered++;
        entry.writtenNanos = nowNanos;
        writer.write(each.getKey(), entry.parts.getFirst());
      }
    }
  }

  /** There was a tick. Returns what it was for; nothing, if that is not known any more. */
  Optional<Outgoing> accepted(long counter) {
    tickLimit = TICK_LIMIT;
    Entry entry = entries.get(counter);
    if (entry == null) {
      return Optional.empty();
    }
    Outgoing part = entry.parts.getFirst();
    entry.unanswered--;
    if (entry.unanswered == 0) {
      done(counter, entry);
    }
    return Optional.of(part);
  }

  /** It must be sent again. */
  void refusedForNow(long counter) {
    Entry entry = entries.get(counter);
    if (entry != null) {
      entry.unanswered--;
      entry.isWritten = entry.unanswered > 0;
    }
  }

  /** It is given up. */
  void refusedForEver(long counter) {
    Entry entry = entries.get(counter);
    if (entry != null) {
      entry.unanswered = 0;
      done(counter, entry);
    }
  }

  /** The connection is gone, and with it what would have been answered. */
  void disconnected() {
    tickLimit = TICK_LIMIT;
    entries
        .values()
        .forEach(entry -> {
          entry.isWritten = false;
          entry.unanswered = 0;
        });
  }

  /** Whether no tick came for so long that everything is to be written again. */
  boolean isOverdue(long nowNanos) {
    boolean isOverdue =
        entries.values().stream()
            .anyMatch(
                entry -> entry.isWritten && nowNanos - entry.writtenNanos > tickLimit.toNanos());
    if (isOverdue) {
      entries.values().forEach(entry -> entry.isWritten = false);
      Duration twice = tickLimit.multipliedBy(2);
      tickLimit = twice.compareTo(LAST_TICK_LIMIT) < 0 ? twice : LAST_TICK_LIMIT;
    }
    return isOverdue;
  }

  private void done(long counter, Entry entry) {
    entry.parts.removeFirst();
    entry.isWritten = false;
    if (entry.parts.isEmpty()) {
      entries.remove(counter);
    }
  }
}
