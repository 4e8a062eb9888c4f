package io.bluetick.app.terminal;

import io.bluetick.client.chat.Message;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The messages that were shown, and the numbers that commands name them by. */
final class Entries {
  /** The ones that were shown first are forgotten first. */
  private static final int LIMIT = 2_000;

  private final Map<Long, Entry> byId = new LinkedHashMap<>();
  private int numbers;

  /** A message as it was last seen. */
  record Entry(int number, Message message) {}

  /** A number for a message that has none yet. */
  Entry add(Message message) {
    Entry known = byId.get(message.id());
    Entry entry = new Entry(known == null ? ++numbers : known.number(), message);
    byId.put(message.id(), entry);
    if (byId.size() > LIMIT) {
      byId.remove(byId.keySet().iterator().next());
    }
    return entry;
  }

  Optional<Message> find(long id) {
    return Optional.ofNullable(byId.get(id)).map(Entry::message);
  }

  /** Empty if it was not shown. */
  Optional<Entry> update(Message message) {
    return Optional.ofNullable(
        byId.computeIfPresent(message.id(), (_, entry) -> new Entry(entry.number(), message)));
  }

  Optional<Message> numbered(int number) {
    return byId.values().stream()
        .filter(entry -> entry.number() == number)
        .map(Entry::message)
        .findFirst();
  }

  Optional<Message> last(Predicate<Message> which) {
    return byId.values().stream().map(Entry::message).filter(which).max(inTime());
  }

  Optional<Message> first() {
    return byId.values().stream().map(Entry::message).min(inTime());
  }

  /** The newest, oldest first. */
  List<Message> newest(int limit) {
    List<Message> all = byId.values().stream().map(Entry::message).sorted(inTime()).toList();
    return all.subList(Math.max(0, all.size() - limit), all.size());
  }

  private static Comparator<Message> inTime() {
    return Comparator.comparing(Message::at).thenComparingLong(Message::id);
  }
}
