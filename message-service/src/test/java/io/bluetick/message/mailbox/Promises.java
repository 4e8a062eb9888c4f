package io.bluetick.message.mailbox;

import io.bluetick.message.mailbox.SimulatedDevice.MessageId;
import io.bluetick.message.mailbox.SimulatedSenders.Accepted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold when a world has come to rest. */
final class Promises {
  private Promises() {}

  static void check(World world) {
    Map<DeviceKey, SimulatedDevice> linked = new HashMap<>();
    world.accounts.linked().forEach(device -> linked.put(device.key, device));
    world.senders.accepted.forEach((id, promise) -> nothingIsLost(id, promise, linked));
    linked
        .values()
        .forEach(device -> {
          inOrder(device, world);
          nothingStays(device, world);
          if (device.drained == 0) {
            throw new Violation(device.key + " never heard that it has all");
          }
        });
  }

  private static void nothingIsLost(
      MessageId id, Accepted promise, Map<DeviceKey, SimulatedDevice> linked) {
    SimulatedDevice sender = linked.get(id.from());
    for (DeviceKey key : sender == null ? promise.named() : promise.due()) {
      SimulatedDevice recipient = linked.get(key);
      if (recipient == null) {
        continue;
      }
      if (!recipient.ids.contains(id)) {
        throw new Violation(key + " never got " + id);
      }
      if (sender != null && !sender.receipts.getOrDefault(id.counter(), Set.of()).contains(key)) {
        throw new Violation("no receipt of " + key + " for " + id);
      }
    }
  }

  private static void inOrder(SimulatedDevice device, World world) {
    Map<DeviceKey, Long> last = new HashMap<>();
    for (MessageId id : device.shown) {
      Accepted promise = world.senders.accepted.get(id);
      if (promise != null && promise.repaired().contains(device.key.device())) {
        continue;
      }
      if (last.getOrDefault(id.from(), 0L) > id.counter()) {
        throw new Violation(device.key + " was shown " + id + " too late");
      }
      last.put(id.from(), id.counter());
    }
  }

  private static void nothingStays(SimulatedDevice device, World world) {
    List<Stanza> rows = world.inbox.rows(device.key);
    for (Stanza row : rows) {
      if (!row.isExpired(world.nowMs)) {
        throw new Violation("the row " + (row.sequence() >> 12) + " of " + device.key + " stays");
      }
    }
  }
}
