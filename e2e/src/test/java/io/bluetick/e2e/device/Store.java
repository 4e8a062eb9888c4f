package io.bluetick.e2e.device;

import io.bluetick.e2e.history.MessageId;
import io.bluetick.protocol.DeviceAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A device's own store. What is in it survives every connection. */
final class Store {
  private final Set<MessageId> messages = new HashSet<>();
  private Map<DeviceAddress, List<MessageId>> unread = new LinkedHashMap<>();
  private long upTo;

  /** Everything up to here is in it. */
  long upTo() {
    return upTo;
  }

  boolean has(long sequence) {
    return sequence <= upTo;
  }

  void stored(long sequence) {
    upTo = sequence;
  }

  /** Whether the message is new. */
  boolean add(MessageId message) {
    boolean isNew = messages.add(message);
    if (isNew) {
      unread.computeIfAbsent(message.from(), _ -> new ArrayList<>()).add(message);
    }
    return isNew;
  }

  /** What has not been read, by sender. From now on it has been. */
  Map<DeviceAddress, List<MessageId>> takeUnread() {
    Map<DeviceAddress, List<MessageId>> taken = unread;
    unread = new LinkedHashMap<>();
    return taken;
  }
}
