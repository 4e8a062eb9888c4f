package io.bluetick.message.mailbox;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.StoredMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client that keeps to the protocol. Its store survives everything but its unlinking. */
final class SimulatedDevice {
  final DeviceKey key;
  boolean isLinked = true;
  @Nullable Connection connection;

  /** All up to here is in the store. */
  long stored;

  long counter;
  final Deque<Outgoing> unsent = new ArrayDeque<>();
  final Map<AccountId, Known> known = new HashMap<>();

  /** What its user was shown, in this order. */
  final List<MessageId> shown = new ArrayList<>();

  final Set<MessageId> ids = new HashSet<>();
  final Map<Long, Set<DeviceKey>> receipts = new HashMap<>();
  int drained;

  SimulatedDevice(DeviceKey key) {
    this.key = key;
  }

  record MessageId(DeviceKey from, long counter) {}

  /** What the client knows of an account's devices. */
  record Known(long version, Set<Integer> devices) {}

  /** A message to these devices; it stays at the head of the queue until it was accepted. */
  record Outgoing(long counter, AccountId to, long listVersion, Set<Integer> devices) {}

  /** A socket at a gateway. */
  static final class Connection {
    final String node;
    final long number;
    final long epoch;

    /** The gateway has written up to here. */
    long last;

    /** What the gateway was told on this connection. */
    long acknowledged;

    /** 0: not, or what came since shows that it was heard. */
    long resumeAskedMs;

    Connection(String node, long number, long epoch, long last) {
      this.node = node;
      this.number = number;
      this.epoch = epoch;
      this.last = last;
      this.acknowledged = last;
    }
  }

  /** Answers a mismatch that the client has to repair. */
  @Nullable Outgoing receive(long sequence, Delivery content) {
    stored = Math.max(stored, sequence);
    switch (content.getContentCase()) {
      case MESSAGE -> show(content.getMessage());
      case RECEIPTS ->
          content
              .getReceipts()
              .getCountersList()
              .forEach(told ->
                  receipts
                      .computeIfAbsent(told, _ -> new HashSet<>())
                      .add(DeviceKey.of(content.getReceipts().getFrom())));
      case DEVICES -> {
        Set<Integer> again = new HashSet<>(content.getDevices().getMissingList());
        again.addAll(content.getDevices().getStaleList());
        return new Outgoing(
            content.getDevices().getCounter(),
            AccountId.of(content.getDevices().getAccount()),
            0,
            again);
      }
      case DRAINED -> drained++;
      default -> {}
    }
    return null;
  }

  private void show(StoredMessage message) {
    // Lists are numbered as registrations are here.
    if (Long.parseLong(message.getCiphertext().toStringUtf8()) < key.registration()) {
      throw new Violation(key + " was handed what is for the keys of its predecessor");
    }
    MessageId id = new MessageId(DeviceKey.of(message.getFrom()), message.getCounter());
    if (ids.add(id)) {
      shown.add(id);
    }
  }
}
