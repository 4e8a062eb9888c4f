package io.bluetick.message.mailbox;

import com.google.protobuf.ByteString;
import io.bluetick.message.mailbox.SimulatedDevice.Known;
import io.bluetick.message.mailbox.SimulatedDevice.MessageId;
import io.bluetick.message.mailbox.SimulatedDevice.Outgoing;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.CallSignal;
import io.bluetick.protocol.v1.Deliver;
import io.bluetick.protocol.v1.DeliverCall;
import io.bluetick.protocol.v1.DeviceCiphertext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What devices send, and what they were promised when it was accepted. */
final class SimulatedSenders {
  final Map<MessageId, Accepted> accepted = new HashMap<>();
  private final World world;

  SimulatedSenders(World world) {
    this.world = world;
  }

  /**
   * What a sender was promised.
   *
   * @param due devices that the account had then
   * @param named those of them that it was encrypted for
   * @param repaired devices that got it later than it was sent at first: out of order
   */
  record Accepted(Set<DeviceKey> due, Set<DeviceKey> named, Set<Integer> repaired) {}

  void write(SimulatedDevice sender) {
    AccountId to = world.anyAccount();
    if (to.equals(sender.key.account())) {
      return;
    }
    Known known = sender.known.computeIfAbsent(to, world.accounts::fresh);
    sender.counter++;
    sender.unsent.add(new Outgoing(sender.counter, to, known.version(), known.devices()));
  }

  /** The first that waits is sent; its tick may get lost, and then it is sent again. */
  void submit(SimulatedDevice sender) {
    Outgoing first = sender.unsent.peek();
    if (first == null || sender.connection == null) {
      return;
    }
    accept(sender, first);
    if (world.isCalm || world.random.nextInt(6) > 0) {
      sender.unsent.remove();
    }
  }

  private void accept(SimulatedDevice sender, Outgoing message) {
    MessageId id = new MessageId(sender.key, message.counter());
    Set<DeviceKey> due = new HashSet<>();
    Set<DeviceKey> named = new HashSet<>();
    world
        .accounts
        .listed(message.to())
        .forEach(listed -> {
          DeviceKey key = new DeviceKey(message.to(), listed.number(), listed.registration());
          due.add(key);
          if (message.devices().contains(listed.number())
              && listed.sinceVersion() <= message.listVersion()) {
            named.add(key);
          }
        });
    accepted.computeIfAbsent(id, _ -> new Accepted(due, named, new HashSet<>()));
    Deliver.Builder deliver =
        Deliver.newBuilder()
            .setFrom(sender.key.toProto())
            .setCounter(message.counter())
            .setTimeMs(world.nowMs)
            .setListVersion(message.listVersion());
    for (int device : message.devices()) {
      deliver.addDevices(copy(device, message.listVersion()));
    }
    world.trace("%s#%d is accepted as %d", sender.key, message.counter(), world.log.size());
    world.append(World.command(message.to()).setDeliver(deliver).build());
  }

  /** Encrypted for the keys that a device of this list had. */
  private static DeviceCiphertext copy(int device, long listVersion) {
    return DeviceCiphertext.newBuilder()
        .setDevice(device)
        .setCiphertext(ByteString.copyFromUtf8(Long.toString(listVersion)))
        .build();
  }

  void call(SimulatedDevice sender) {
    AccountId to = world.anyAccount();
    Known known = world.accounts.fresh(to);
    DeliverCall.Builder call =
        DeliverCall.newBuilder()
            .setFrom(sender.key.toProto())
            .setCounter(++sender.counter)
            .setTimeMs(world.nowMs)
            .setListVersion(known.version())
            .setSignal(CallSignal.OFFER);
    known.devices().forEach(device -> call.addDevices(copy(device, known.version())));
    world.append(World.command(to).setDeliverCall(call).build());
  }

  void repair(SimulatedDevice sender, Outgoing asked) {
    Known now = world.accounts.fresh(asked.to());
    sender.known.put(asked.to(), now);
    Set<Integer> devicesNow = new TreeSet<>(asked.devices());
    devicesNow.retainAll(now.devices());
    Accepted promise = accepted.get(new MessageId(sender.key, asked.counter()));
    if (!devicesNow.isEmpty() && promise != null) {
      promise.repaired().addAll(devicesNow);
      sender.unsent.add(new Outgoing(asked.counter(), asked.to(), now.version(), devicesNow));
    }
  }
}
