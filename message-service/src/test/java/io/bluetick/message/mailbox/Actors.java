package io.bluetick.message.mailbox;

import com.google.protobuf.ByteString;
import io.bluetick.directory.AccountEntry;
import io.bluetick.directory.AccountEntry.ListedDevice;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.Sequence;
import io.bluetick.protocol.v1.AcknowledgeUpTo;
import io.bluetick.protocol.v1.Deliver;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.DeviceId;
import io.bluetick.protocol.v1.DeviceOffline;
import io.bluetick.protocol.v1.DeviceOnline;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The actors of a partition in a test that says itself what happens, one command after the other.
 */
final class Actors {
  static final AccountId ALICE = new AccountId(0, 0xA);
  static final AccountId BOB = new AccountId(0, 0xB);
  static final long START_MS = 1_800_000_000_000L;

  final PartitionActors actors;
  final SimulatedInbox inbox = new SimulatedInbox();
  long nowMs = START_MS;
  private final List<Effect> effects = new ArrayList<>();
  private long offset;
  private long epoch = START_MS;

  Actors(Bounds bounds) {
    actors = new PartitionActors(4, Sequence.of(0, 0, 0), Sequence.of(0, 0, 0), nowMs, bounds);
  }

  /** An account with these devices, all of them of the first list. */
  Actors with(AccountId account, int... numbers) {
    Map<Integer, ListedDevice> devices = new HashMap<>();
    for (int number : numbers) {
      devices.put(number, new ListedDevice(number, 1, 1));
    }
    know(account, new AccountEntry(1, devices, Map.of(), Map.of()), Set.of());
    return this;
  }

  void know(AccountId account, AccountEntry entry, Set<AccountId> blocked) {
    actors.know(account, entry, blocked, nowMs);
  }

  /** Obeys the command and reads what it asks of the inbox. Answers its sequence. */
  long handle(MailboxCommand.Builder command) {
    long sequence = Sequence.of(0, offset++, 0);
    actors.handle(sequence, command.build(), nowMs);
    settle();
    return sequence;
  }

  private void settle() {
    List<Effect> some = actors.take(nowMs);
    while (!some.isEmpty()) {
      effects.addAll(some);
      for (Effect effect : some) {
        switch (effect) {
          case Effect.Read read -> actors.handle(inbox.read(read, nowMs), nowMs);
          case Effect.Measure measure -> actors.handle(inbox.measure(measure), nowMs);
          default -> {}
        }
      }
      some = actors.take(nowMs);
    }
  }

  void tick() {
    actors.tick(nowMs);
    settle();
  }

  void checkpoint() {
    Checkpoint checkpoint = actors.checkpoint(Sequence.of(0, offset, 0) - 1);
    checkpoint.rows().forEach(inbox::write);
    actors.saved(checkpoint);
    checkpoint.forgotten().forEach(inbox::delete);
    settle();
  }

  /** What was to be done since the last call, of this kind. */
  <T extends Effect> List<T> done(Class<T> kind) {
    List<T> of = effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    effects.removeIf(kind::isInstance);
    return of;
  }

  // ---- Commands --------------------------------------------------------------------------------

  long online(AccountId account, int device, long acknowledged) {
    Route route =
        Route.newBuilder()
            .setDevice(device)
            .setNode("g1")
            .setConnection(7)
            .setEpoch(++epoch)
            .build();
    return handle(
        to(account)
            .setDeviceOnline(
                DeviceOnline.newBuilder().setRoute(route).setAcknowledged(acknowledged)));
  }

  void offline(AccountId account, int device) {
    handle(
        to(account).setDeviceOffline(DeviceOffline.newBuilder().setDevice(device).setEpoch(epoch)));
  }

  void acknowledge(AccountId account, int device, long upTo) {
    handle(
        to(account).setAcknowledge(AcknowledgeUpTo.newBuilder().setDevice(device).setUpTo(upTo)));
  }

  static MailboxCommand.Builder to(AccountId account) {
    return MailboxCommand.newBuilder().setActor(account.bytes());
  }

  static DeviceId id(AccountId account, int device) {
    return DeviceId.newBuilder()
        .setAccount(account.bytes())
        .setDevice(device)
        .setRegistration(1)
        .build();
  }

  /** A message of Alice's primary to these devices. */
  Deliver.Builder message(long counter, int... devices) {
    Deliver.Builder message =
        Deliver.newBuilder()
            .setFrom(id(ALICE, 0))
            .setCounter(counter)
            .setTimeMs(nowMs)
            .setListVersion(1)
            .setPriority(Priority.URGENT);
    for (int device : devices) {
      message.addDevices(
          DeviceCiphertext.newBuilder()
              .setDevice(device)
              .setCiphertext(ByteString.copyFromUtf8("for " + device)));
    }
    return message;
  }
}
