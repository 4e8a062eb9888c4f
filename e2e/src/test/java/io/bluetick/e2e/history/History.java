package io.bluetick.e2e.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What happened, in one order. Only ever grows; for any thread. */
public final class History {
  private static final int STORIES_LIMIT = 8;
  private static final int VIOLATIONS_LIMIT = 40;

  private final long startNanos = System.nanoTime();
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int faults;

  /** An event, and when it was seen. */
  public record Entry(long atMs, Event event) {}

  public synchronized void add(Event event) {
    entries.add(new Entry(nowMs(), event));
  }

  /** Something that is not about one message, for who reads the report. */
  public synchronized void note(String what) {
    notes.add("%6d ms: %s".formatted(nowMs(), what));
  }

  /** Something that must not happen and is not about one message. */
  public synchronized void fault(String what) {
    note("FAULT " + what);
    faults++;
  }

  public synchronized int faults() {
    return faults;
  }

  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** What is wrong so far. */
  public List<Violation> violations() {
    return HistoryChecker.check(entries());
  }

  /** How many events there are of a kind. */
  public synchronized long count(Class<? extends Event> kind) {
    return entries.stream().map(Entry::event).filter(kind::isInstance).count();
  }

  /** All for people: what is wrong, the stories of the first few of these messages, the notes. */
  public String report(List<Violation> violations) {
    List<Entry> all = entries();
    StringBuilder report = new StringBuilder();
    report.append("%d violations, %d faults".formatted(violations.size(), faults()));
    violations.stream().limit(VIOLATIONS_LIMIT).forEach(v -> report.append("\n  ").append(v));
    Set<MessageId> first =
        violations.stream()
            .map(Violation::message)
            .distinct()
            .limit(STORIES_LIMIT)
            .collect(Collectors.toSet());
    for (MessageId id : first) {
      report.append("\nstory of ").append(id);
      all.stream()
          .filter(entry -> entry.event().message().equals(id))
          .forEach(entry ->
              report
                  .append("\n  %6d ms: ".formatted(entry.atMs()))
                  .append(entry.event().describe()));
    }
    synchronized (this) {
      notes.forEach(note -> report.append('\n').append(note));
    }
    return report.toString();
  }

  private long nowMs() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
