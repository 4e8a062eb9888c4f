package io.bluetick.message.mailbox;

import io.bluetick.protocol.AccountId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Cassandra as the design uses it: writing a row again changes nothing, and a deletion also hides
 * what a former owner writes later, because rows are written with the time of their stanza.
 */
final class SimulatedInbox {
  private final Map<DeviceKey, NavigableMap<Long, Stanza>> rows = new HashMap<>();
  private final Map<DeviceKey, Long> deleted = new HashMap<>();

  void write(Effect.Rows written) {
    for (Stanza stanza : written.stanzas()) {
      if (stanza.sequence() > deleted.getOrDefault(written.device(), 0L)) {
        rows.computeIfAbsent(written.device(), _ -> new TreeMap<>()).put(stanza.sequence(), stanza);
      }
    }
  }

  void delete(Effect.Forget forget) {
    deleted.merge(forget.device(), forget.upTo(), Math::max);
    of(forget.device()).headMap(forget.upTo(), true).clear();
  }

  Outcome.Page read(Effect.Read read, long nowMs) {
    of(read.device()).values().removeIf(row -> row.isExpired(nowMs));
    List<Stanza> found =
        read.before() <= read.after() + 1
            ? List.of()
            : List.copyOf(
                of(read.device()).subMap(read.after(), false, read.before(), false).values());
    boolean isLast = found.size() <= read.limit();
    return new Outcome.Page(
        read.device(), read.number(), isLast ? found : found.subList(0, read.limit()), isLast);
  }

  Outcome.Measured measure(Effect.Measure measure) {
    List<Long> sequences = List.copyOf(of(measure.device()).keySet());
    int over = sequences.size() > measure.limit() ? sequences.size() - measure.keep() : 0;
    return new Outcome.Measured(measure.device(), over == 0 ? 0 : sequences.get(over - 1));
  }

  List<Stanza> rows(DeviceKey device) {
    return List.copyOf(of(device).values());
  }

  /** Those for which something waits. */
  List<DeviceKey> devices(AccountId account) {
    return rows.keySet().stream()
        .filter(device -> device.account().equals(account) && !of(device).isEmpty())
        .toList();
  }

  private NavigableMap<Long, Stanza> of(DeviceKey device) {
    return rows.computeIfAbsent(device, _ -> new TreeMap<>());
  }
}
