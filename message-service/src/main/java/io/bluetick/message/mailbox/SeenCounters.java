package io.bluetick.message.mailbox;

import io.bluetick.protocol.v1.StoredMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which messages a device's queue was given lately, so that one that its sender sends again is not
 * delivered again. For each sender the highest counter and a bit for each of those just below it.
 * What is forgotten is found out by the device, which keeps all ids.
 */
final class SeenCounters {
  private static final int BITS = Long.SIZE;

  private final Map<DeviceKey, Window> bySender;

  SeenCounters(int limit) {
    bySender =
        new LinkedHashMap<>(4, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<DeviceKey, Window> eldest) {
            return size() > limit;
          }
        };
  }

  private static final class Window {
    private long highest;

    /** Bit n: {@code highest - n} was seen. */
    private long seen;
  }

  boolean has(DeviceKey sender, long counter) {
    Window window = bySender.get(sender);
    if (window == null || counter > window.highest) {
      return false;
    }
    long below = window.highest - counter;
    return below < BITS && (window.seen >>> below & 1) == 1;
  }

  /** One that a former owner was given. */
  void add(Stanza stanza) {
    if (stanza.content().hasMessage()) {
      StoredMessage message = stanza.content().getMessage();
      var _ = add(DeviceKey.of(message.getFrom()), message.getCounter());
    }
  }

  /** Whether it is new. Of one that is too old this cannot be told: it counts as new. */
  boolean add(DeviceKey sender, long counter) {
    Window window = bySender.computeIfAbsent(sender, _ -> new Window());
    if (counter > window.highest) {
      long ahead = counter - window.highest;
      window.seen = (ahead < BITS ? window.seen << ahead : 0) | 1;
      window.highest = counter;
      return true;
    }
    long below = window.highest - counter;
    long bit = below < BITS ? 1L << below : 0;
    boolean isNew = (window.seen & bit) == 0;
    window.seen |= bit;
    return isNew;
  }
}
