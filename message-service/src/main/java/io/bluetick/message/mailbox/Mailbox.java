package io.bluetick.message.mailbox;

import com.google.protobuf.ByteString;
import io.bluetick.directory.AccountEntry;
import io.bluetick.directory.AccountEntry.ListedDevice;
import io.bluetick.directory.LiveRoute;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.AcknowledgeUpTo;
import io.bluetick.protocol.v1.ChangeKind;
import io.bluetick.protocol.v1.DeliverReceipts;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.DeviceMismatch;
import io.bluetick.protocol.v1.DeviceOffline;
import io.bluetick.protocol.v1.DeviceOnline;
import io.bluetick.protocol.v1.FanOut;
import io.bluetick.protocol.v1.ListChanged;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Rejection;
import io.bluetick.protocol.v1.ResumeDevice;
import io.bluetick.protocol.v1.Route;
import io.bluetick.protocol.v1.TellMismatch;
import io.bluetick.protocol.v1.TellRejection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The mailbox of one account: who may write to it, and what that means for each of its devices. */
final class Mailbox {
  private final AccountId account;
  private final Custody custody;
  private final Bounds bounds;
  private final Effects effects;
  private final Map<Integer, DeviceQueue> devices = new HashMap<>();
  private Set<AccountId> blocked = Set.of();
  private long listVersion;

  /** A mailbox of which nothing is known yet: {@link #know} comes before all else. */
  Mailbox(AccountId account, Custody custody, Bounds bounds, Effects effects) {
    this.account = account;
    this.custody = custody;
    this.bounds = bounds;
    this.effects = effects;
  }

  Collection<DeviceQueue> queues() {
    return devices.values();
  }

  boolean isIdle() {
    return devices.values().stream().allMatch(DeviceQueue::isIdle);
  }

  @Nullable DeviceQueue queue(DeviceKey key) {
    DeviceQueue queue = devices.get(key.device());
    return queue != null && queue.key().equals(key) ? queue : null;
  }

  /** The account's devices, where they are, and whom it does not want to hear of. */
  void know(AccountEntry entry, Set<AccountId> unwanted, long nowMs) {
    blocked = unwanted;
    if (entry.listVersion() < listVersion) {
      return; // Where it was read, the present list was not there yet. No account: a Purge says so.
    }
    listVersion = entry.listVersion();
    devices
        .values()
        .removeIf(queue -> {
          ListedDevice listed = entry.devices().get(queue.key().device());
          boolean isGone = listed == null || listed.registration() != queue.key().registration();
          if (isGone) {
            queue.end();
          }
          return isGone;
        });
    for (ListedDevice listed : entry.devices().values()) {
      DeviceQueue queue = devices.computeIfAbsent(listed.number(), _ -> queueOf(listed));
      LiveRoute live = entry.routes().get(listed.number());
      queue.look(
          live == null ? null : route(live),
          entry.epochs().getOrDefault(listed.number(), 0L),
          nowMs);
    }
  }

  private DeviceQueue queueOf(ListedDevice listed) {
    DeviceKey key = new DeviceKey(account, listed.number(), listed.registration());
    return new DeviceQueue(key, listed.sinceVersion(), custody, bounds, effects);
  }

  private static Route route(LiveRoute live) {
    return Route.newBuilder()
        .setDevice(live.device())
        .setNode(live.place().node())
        .setConnection(live.place().connection())
        .setEpoch(live.epoch())
        .build();
  }

  /** Whether the account must be looked up anew before this can be decided. */
  boolean mustLook(MailboxCommand command) {
    return switch (command.getCommandCase()) {
      case DELIVER -> command.getDeliver().getListVersion() > listVersion;
      case DELIVER_CALL -> command.getDeliverCall().getListVersion() > listVersion;
      case DEVICE_ONLINE -> !devices.containsKey(command.getDeviceOnline().getRoute().getDevice());
      case LIST_CHANGED -> mustLook(command.getListChanged());
      default -> false;
    };
  }

  private boolean mustLook(ListChanged change) {
    return switch (change.getKind()) {
      case DEVICE_LIST -> change.getVersion() > listVersion && isSelf(change.getSubject());
      case BLOCK_LIST -> true;
      default -> false;
    };
  }

  private boolean isSelf(ByteString subject) {
    return subject.isEmpty() || subject.equals(account.bytes());
  }

  // ---- Commands --------------------------------------------------------------------------------

  /** Throws before it changes anything if the command is none that an account can obey. */
  void handle(long sequence, MailboxCommand command, long nowMs) {
    switch (command.getCommandCase()) {
      case DELIVER -> deliver(sequence, Sent.of(command.getDeliver(), bounds), nowMs);
      case DELIVER_CALL -> deliver(sequence, Sent.of(command.getDeliverCall(), bounds), nowMs);
      case FAN_OUT -> fanOut(sequence, command.getFanOut(), nowMs);
      case DELIVER_RECEIPTS -> receipts(sequence, command.getDeliverReceipts(), nowMs);
      case ACKNOWLEDGE -> acknowledge(sequence, command.getAcknowledge(), nowMs);
      case DEVICE_ONLINE -> online(sequence, command.getDeviceOnline(), nowMs);
      case DEVICE_OFFLINE -> {
        DeviceOffline offline = command.getDeviceOffline();
        with(offline.getDevice(), queue -> queue.offline(offline.getEpoch(), nowMs));
      }
      case RESUME -> {
        ResumeDevice resume = command.getResume();
        with(resume.getDevice(), queue -> queue.resume(resume.getEpoch(), nowMs));
      }
      case LIST_CHANGED -> changed(sequence, command.getListChanged(), nowMs);
      case TELL_MISMATCH -> mismatch(sequence, command.getTellMismatch(), nowMs);
      case TELL_REJECTION -> rejection(sequence, command.getTellRejection(), nowMs);
      case EMPTY_QUEUES -> empty(sequence - 1, nowMs);
      case PURGE -> purge();
      case DELIVER_TO_GROUP, GROUP_CHANGED, COMMAND_NOT_SET ->
          throw new IllegalArgumentException(
              "an account does not obey " + command.getCommandCase());
    }
  }

  private void purge() {
    devices.values().forEach(DeviceQueue::end);
    devices.clear();
    listVersion = 0;
  }

  private void empty(long upTo, long nowMs) {
    for (DeviceQueue queue : devices.values()) {
      if (queue.drop(upTo, nowMs) && queue.key().device() != 0) {
        effects.tell(resync(queue.key()));
      }
    }
  }

  private void with(int device, Consumer<DeviceQueue> act) {
    DeviceQueue queue = devices.get(device);
    if (queue != null) {
      act.accept(queue);
    }
  }

  private void deliver(long sequence, Sent sent, long nowMs) {
    if (blocked.contains(sent.from().account())) {
      return; // Nobody is told: the sender sees one tick for ever.
    }
    if (listVersion == 0) {
      reject(sent);
      return;
    }
    Set<Integer> missing = new TreeSet<>(devices.keySet());
    Set<Integer> stale = new TreeSet<>();
    Set<Integer> gone = new TreeSet<>();
    if (sent.from().account().equals(account)) {
      missing.remove(sent.from().device());
    }
    for (DeviceCiphertext copy : sent.copies()) {
      DeviceQueue queue = devices.get(copy.getDevice());
      if (queue == null) {
        gone.add(copy.getDevice());
      } else if (queue.sinceVersion() > sent.listVersion()) {
        stale.add(copy.getDevice());
        missing.remove(copy.getDevice());
      } else if (missing.remove(copy.getDevice())) {
        hand(queue, sequence, sent, copy, nowMs);
      }
    }
    missing.removeIf(number -> seen(number, sent));
    stale.removeIf(number -> seen(number, sent));
    if (sent.kept() == Sent.Kept.UNTIL_ACKNOWLEDGED
        && !(missing.isEmpty() && stale.isEmpty() && gone.isEmpty())) {
      tellMismatch(sent, missing, stale, gone);
    }
  }

  private boolean seen(int number, Sent sent) {
    DeviceQueue queue = devices.get(number);
    return queue != null && queue.seen().has(sent.from(), sent.counter());
  }

  private static void hand(
      DeviceQueue queue, long sequence, Sent sent, DeviceCiphertext copy, long nowMs) {
    if (sent.kept() == Sent.Kept.NOT) {
      queue.pass(sent.content().apply(copy));
      return;
    }
    if (queue.seen().add(sent.from(), sent.counter())) {
      Delivery content = sent.content().apply(copy);
      queue.append(new Stanza(sequence, sent.timeMs(), sent.expiresMs(), content), nowMs);
    }
  }

  private void fanOut(long sequence, FanOut message, long nowMs) {
    DeviceKey from = DeviceKey.of(message.getFrom());
    if (blocked.contains(from.account())) {
      return;
    }
    Delivery content = Sent.content(message);
    long expiresMs =
        Sent.expires(message.getTimeMs(), message.getTimeToLiveS(), bounds.timeToLive());
    for (DeviceQueue queue : devices.values()) {
      if (queue.key().account().equals(from.account()) && queue.key().device() == from.device()) {
        continue;
      }
      if (Sent.kept(message.getPriority()) == Sent.Kept.NOT) {
        queue.pass(content);
      } else if (queue.seen().add(from, message.getCounter())) {
        queue.append(new Stanza(sequence, message.getTimeMs(), expiresMs, content), nowMs);
      }
    }
  }

  private void receipts(long sequence, DeliverReceipts receipts, long nowMs) {
    DeviceKey from = DeviceKey.of(receipts.getFrom());
    if (receipts.getCountersCount() == 0 || receipts.getCountersCount() > bounds.receipts()) {
      throw new IllegalArgumentException(
          "receipts of " + receipts.getCountersCount() + " messages");
    }
    if (blocked.contains(from.account())) {
      return;
    }
    Delivery content = Delivery.newBuilder().setReceipts(receipts).build();
    keep(receipts.getDevice(), receipts.getRegistration(), sequence, content, nowMs);
  }

  /** No device can have what came after it said so: an Acknowledge of more is its mistake. */
  private void acknowledge(long sequence, AcknowledgeUpTo acknowledged, long nowMs) {
    long upTo = Math.min(acknowledged.getUpTo(), sequence - 1);
    with(acknowledged.getDevice(), queue -> queue.acknowledge(upTo, nowMs));
  }

  private void online(long sequence, DeviceOnline online, long nowMs) {
    long upTo = Math.min(online.getAcknowledged(), sequence - 1);
    with(
        online.getRoute().getDevice(),
        queue -> {
          queue.acknowledge(upTo, nowMs);
          queue.online(online.getRoute(), nowMs);
        });
  }

  private void changed(long sequence, ListChanged change, long nowMs) {
    Delivery content = Delivery.newBuilder().setChange(change).build();
    switch (change.getKind()) {
      case PRE_KEYS_LOW, RESYNC -> keep(change.getDevice(), 0, sequence, content, nowMs);
      case DEVICE_LIST, GROUP, BLOCK_LIST ->
          devices.keySet().forEach(number -> keep(number, 0, sequence, content, nowMs));
      case CHANGE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("a change of " + change.getKind());
    }
  }

  private void mismatch(long sequence, TellMismatch tell, long nowMs) {
    Delivery content = Delivery.newBuilder().setDevices(tell.getMismatch()).build();
    keep(tell.getTo().getDevice(), tell.getTo().getRegistration(), sequence, content, nowMs);
  }

  private void rejection(long sequence, TellRejection tell, long nowMs) {
    Delivery content = Delivery.newBuilder().setRejected(tell.getRejection()).build();
    keep(tell.getTo().getDevice(), tell.getTo().getRegistration(), sequence, content, nowMs);
  }

  /**
   * Queues what the server says.
   *
   * @param registration whom it is meant for; 0: whoever has the number
   */
  private void keep(int device, int registration, long sequence, Delivery content, long nowMs) {
    long expiresMs = nowMs + bounds.timeToLive().toMillis();
    with(
        device,
        queue -> {
          if (registration == 0 || registration == queue.key().registration()) {
            queue.append(new Stanza(sequence, nowMs, expiresMs, content), nowMs);
          }
        });
  }

  static MailboxCommand.Builder resync(DeviceKey device) {
    return MailboxCommand.newBuilder()
        .setActor(device.account().bytes())
        .setListChanged(
            ListChanged.newBuilder().setKind(ChangeKind.RESYNC).setDevice(device.device()));
  }

  // ---- What senders are told -------------------------------------------------------------------

  private void tellMismatch(
      Sent sent, Set<Integer> missing, Set<Integer> stale, Set<Integer> gone) {
    effects.tell(
        MailboxCommand.newBuilder()
            .setActor(sent.from().account().bytes())
            .setTellMismatch(
                TellMismatch.newBuilder()
                    .setTo(sent.from().toProto())
                    .setMismatch(
                        DeviceMismatch.newBuilder()
                            .setCounter(sent.counter())
                            .setAccount(account.bytes())
                            .setListVersion(listVersion)
                            .addAllMissing(missing)
                            .addAllStale(stale)
                            .addAllGone(gone)
                            .setTimeMs(sent.timeMs()))));
  }

  private void reject(Sent sent) {
    if (sent.kept() == Sent.Kept.UNTIL_ACKNOWLEDGED) {
      effects.tell(rejection(sent.from(), sent.counter(), sent.timeMs(), ErrorCode.NOT_FOUND));
    }
  }

  static MailboxCommand.Builder rejection(DeviceKey to, long counter, long timeMs, ErrorCode code) {
    return MailboxCommand.newBuilder()
        .setActor(to.account().bytes())
        .setTellRejection(
            TellRejection.newBuilder()
                .setTo(to.toProto())
                .setRejection(
                    Rejection.newBuilder()
                        .setCounter(counter)
                        .setCode(code.slug())
                        .setTimeMs(timeMs)));
  }
}
