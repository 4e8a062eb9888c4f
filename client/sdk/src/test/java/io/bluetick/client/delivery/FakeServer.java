package io.bluetick.client.delivery;

import com.google.protobuf.ByteString;
import io.bluetick.client.signal.Bundle;
import io.bluetick.client.signal.OwnKeys;
import io.bluetick.client.signal.PreKeys;
import io.bluetick.client.socket.Dial;
import io.bluetick.client.socket.SocketListener;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.Change;
import io.bluetick.protocol.v1.ChangeKind;
import io.bluetick.protocol.v1.CiphertextKind;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.Devices;
import io.bluetick.protocol.v1.Message;
import io.bluetick.protocol.v1.Receipt;
import io.bluetick.protocol.v1.ReceiptKind;
import io.bluetick.protocol.v1.SendReceipts;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.SendToGroup;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * Gateway, mailboxes and key server in one, as a client sees them. Everything happens on its one
 * thread.
 */
final class FakeServer implements AutoCloseable {
  final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Map<DeviceAddress, FakeBox> boxes = new TreeMap<>(FakeBox::compare);
  private final Map<AccountId, Listed> lists = new HashMap<>();
  private final Set<AccountId> withheld = new HashSet<>();
  final FakeGroups groups = new FakeGroups(this);
  private long sequence;
  private long timeMs = 1_000_000;
  private int questions;

  /** What happens to ciphertexts on their way. */
  private volatile UnaryOperator<ByteString> tamper = UnaryOperator.identity();

  /** An account's list, and who signs it. */
  private record Listed(SignedDeviceList signed, DeviceList list, OwnKeys primary) {}

  /** A device joins its account, or takes the place of one; a primary puts the others out. */
  synchronized SignedDeviceList join(FakeBox box, PreKeys.Fresh fresh) {
    AccountId account = box.address.account();
    Listed before = lists.get(account);
    if (box.address.device() == 0) {
      boxes.keySet().removeIf(device -> device.account().equals(account));
    }
    box.curve.addAll(fresh.curve());
    box.kyber.addAll(fresh.kyber());
    boxes.put(box.address, box);
    OwnKeys primary =
        box.address.device() == 0 ? box.keys : java.util.Objects.requireNonNull(before).primary();
    long version = before == null ? 1 : before.list().getVersion() + 1;
    box.sinceVersion = version;
    DeviceList.Builder list =
        DeviceList.newBuilder().setAccount(account.bytes()).setVersion(version);
    boxes.values().stream()
        .filter(each -> each.address.account().equals(account))
        .forEach(each -> list.addDevices(FakeBox.listed(each.address.device(), each.keys)));
    SignedDeviceList signed = FakeBox.sign(list.build(), primary);
    lists.put(account, new Listed(signed, list.build(), primary));
    boxes.keySet().stream()
        .filter(device -> device.account().equals(account) && !device.equals(box.address))
        .forEach(device -> put(device, changed(version)));
    return signed;
  }

  private static Change changed(long version) {
    return Change.newBuilder().setKind(ChangeKind.DEVICE_LIST).setVersion(version).build();
  }

  /** From now on somebody else's key signs this account's list, with one more device in it. */
  synchronized void slipIn(AccountId account, OwnKeys signer) {
    Listed before = java.util.Objects.requireNonNull(lists.get(account));
    DeviceList list =
        before.list().toBuilder()
            .setVersion(before.list().getVersion() + 1)
            .addDevices(FakeBox.listed(9, signer))
            .build();
    lists.put(account, new Listed(FakeBox.sign(list, signer), list, before.primary()));
  }

  /** Tells a device that one of its messages should have gone to somebody. */
  synchronized void claimMissing(DeviceAddress to, long counter, DeviceAddress somebody) {
    put(to, claim(counter, somebody).addMissing(somebody.device()).build());
  }

  /** Tells a device that somebody is another one since. */
  synchronized void claimStale(DeviceAddress to, long counter, DeviceAddress somebody) {
    put(to, claim(counter, somebody).addStale(somebody.device()).build());
  }

  private static Devices.Builder claim(long counter, DeviceAddress of) {
    return Devices.newBuilder()
        .setCounter(counter)
        .setAccount(of.account().bytes())
        .setListVersion(1);
  }

  void tamper(UnaryOperator<ByteString> how) {
    tamper = how;
  }

  /** Nobody gets keys of this account until they are given out again. */
  synchronized void withholdKeys(AccountId account, boolean isWithheld) {
    if (isWithheld) {
      withheld.add(account);
    } else {
      withheld.remove(account);
    }
  }

  synchronized void withoutOneTimeKeys(DeviceAddress device) {
    box(device).curve.clear();
    box(device).kyber.clear();
  }

  synchronized int waiting(DeviceAddress device) {
    return box(device).stanzas.size();
  }

  /** How often a device asked another one to say something again. */
  synchronized int questions() {
    return questions;
  }

  private FakeBox box(DeviceAddress device) {
    return java.util.Objects.requireNonNull(boxes.get(device));
  }

  // ---- Keys ------------------------------------------------------------------------------------

  KeyServer keys(DeviceAddress asker) {
    return new KeyServer() {
      @Override
      public Answer<Keys> list(AccountId account) {
        synchronized (FakeServer.this) {
          Listed listed = lists.get(account);
          return listed == null
              ? new Refused<>("not-found")
              : new Given<>(new Keys(listed.list().getVersion(), listed.signed(), List.of()));
        }
      }

      @Override
      public Answer<Keys> bundles(AccountId account, Set<Integer> devices) {
        return take(asker, account, devices);
      }

      @Override
      public Answer<Stock> stock() {
        synchronized (FakeServer.this) {
          return new Given<>(new Stock(box(asker).curve.size(), box(asker).kyber.size()));
        }
      }

      @Override
      public Answer<Stock> upload(PreKeys.Fresh keys) {
        synchronized (FakeServer.this) {
          // What it has already is not taken twice.
          box(asker).curve.removeAll(keys.curve());
          box(asker).curve.addAll(keys.curve());
          box(asker).kyber.removeAll(keys.kyber());
          box(asker).kyber.addAll(keys.kyber());
          return stock();
        }
      }
    };
  }

  private synchronized KeyServer.Answer<KeyServer.Keys> take(
      DeviceAddress asker, AccountId account, Set<Integer> devices) {
    if (withheld.contains(account)) {
      return new KeyServer.Later<>(Duration.ofMillis(50));
    }
    Listed listed = lists.get(account);
    if (listed == null) {
      return new KeyServer.Refused<>("not-found");
    }
    List<Bundle> bundles = new ArrayList<>();
    for (FakeBox box : boxes.values()) {
      DeviceAddress address = box.address;
      if (address.account().equals(account)
          && !address.equals(asker)
          && (devices.isEmpty() || devices.contains(address.device()))) {
        Bundle.Signed kyber = box.kyber.isEmpty() ? box.lasting.lastResort() : box.kyber.poll();
        bundles.add(
            new Bundle(
                address,
                box.registration,
                box.keys.publicBytes(),
                box.lasting.signed(),
                kyber,
                box.curve.poll()));
      }
    }
    return new KeyServer.Given<>(
        new KeyServer.Keys(listed.list().getVersion(), listed.signed(), bundles));
  }

  // ---- Sockets ---------------------------------------------------------------------------------

  Line call(Dial dial, SocketListener listener) {
    FakeLine line = new FakeLine(this, dial, listener);
    thread.execute(() -> open(line));
    return line;
  }

  private synchronized void open(FakeLine line) {
    FakeBox box = boxes.get(line.device());
    if (box == null) {
      line.refuse();
      return;
    }
    box.line.ifPresent(FakeLine::replaced);
    box.line = Optional.of(line);
    line.opened(timeMs);
    box.stanzas.headMap(line.acknowledged(), true).clear();
    box.stanzas.forEach(line::deliver);
    line.drained();
  }

  synchronized void gone(FakeLine line) {
    FakeBox box = boxes.get(line.device());
    if (box != null && box.line.filter(line::equals).isPresent()) {
      box.line = Optional.empty();
    }
  }

  /** The network fails for a device, in the midst of whatever it does. */
  void cut(DeviceAddress device) {
    thread.execute(() -> box(device).line.ifPresent(FakeLine::cut));
  }

  synchronized void acknowledged(DeviceAddress device, long upTo) {
    FakeBox box = box(device);
    box.stanzas.headMap(upTo, true).values().stream()
        .filter(stanza -> stanza.message() instanceof Message)
        .forEach(stanza -> delivered(device, (Message) stanza.message()));
    box.stanzas.headMap(upTo, true).clear();
  }

  private void delivered(DeviceAddress by, Message message) {
    DeviceAddress sender =
        new DeviceAddress(AccountId.of(message.getAccount()), message.getDevice());
    receipt(sender, by, ReceiptKind.DELIVERED, List.of(message.getCounter()));
  }

  private void receipt(DeviceAddress to, DeviceAddress by, ReceiptKind kind, List<Long> counters) {
    put(
        to,
        Receipt.newBuilder()
            .setAccount(by.account().bytes())
            .setDevice(by.device())
            .setRegistration(registration(by))
            .setKind(kind)
            .addAllCounters(counters)
            .build());
  }

  private int registration(DeviceAddress device) {
    FakeBox box = boxes.get(device);
    return box == null ? 0 : box.registration;
  }

  synchronized void receipts(FakeLine from, SendReceipts receipts) {
    DeviceAddress to = new DeviceAddress(AccountId.of(receipts.getAccount()), receipts.getDevice());
    receipt(to, from.device(), receipts.getKind(), receipts.getCountersList());
    from.accepted(receipts.getCounter(), ++timeMs);
  }

  synchronized void send(FakeLine from, AccountId to, long listVersion, SendToAccount send) {
    timeMs++;
    from.accepted(send.getCounter(), timeMs);
    spread(from, to, listVersion, send, send.getDevicesList());
    spread(from, from.device().account(), send.getOwnListVersion(), send, send.getOwnDevicesList());
  }

  synchronized void send(FakeLine from, AccountId group, long version, SendToGroup send) {
    timeMs++;
    from.accepted(send.getCounter(), timeMs);
    groups.send(from, group, version, send, boxes.values());
  }

  private void spread(
      FakeLine from,
      AccountId to,
      long listVersion,
      SendToAccount send,
      List<DeviceCiphertext> copies) {
    if (copies.isEmpty()) {
      return;
    }
    for (DeviceCiphertext copy : copies) {
      FakeBox box = boxes.get(new DeviceAddress(to, copy.getDevice()));
      if (box != null
          && box.sinceVersion <= listVersion
          && box.seen.putIfAbsent(id(from, send.getCounter()), 1L) == null) {
        questions += copy.getKind() == CiphertextKind.PLAINTEXT ? 1 : 0;
        put(box.address, message(from, send.getCounter(), copy));
      }
    }
    Listed listed = lists.get(to);
    if (listed != null && listed.list().getVersion() != listVersion) {
      put(from.device(), mismatch(from, listed.list(), listVersion, send.getCounter(), copies));
    }
  }

  private Devices mismatch(
      FakeLine from,
      DeviceList list,
      long listVersion,
      long counter,
      List<DeviceCiphertext> copies) {
    AccountId to = AccountId.of(list.getAccount());
    List<Integer> missing =
        list.getDevicesList().stream()
            .map(each -> new DeviceAddress(to, each.getDevice()))
            .filter(device -> !device.equals(from.device()))
            .filter(device -> !has(device, id(from, counter)))
            .map(DeviceAddress::device)
            .toList();
    List<Integer> gone =
        copies.stream()
            .map(DeviceCiphertext::getDevice)
            .filter(device -> !boxes.containsKey(new DeviceAddress(to, device)))
            .toList();
    return Devices.newBuilder()
        .setCounter(counter)
        .setAccount(to.bytes())
        .setListVersion(list.getVersion())
        .addAllMissing(
            missing.stream().filter(device -> !isStale(to, device, listVersion)).toList())
        .addAllStale(missing.stream().filter(device -> isStale(to, device, listVersion)).toList())
        .addAllGone(gone)
        .build();
  }

  private boolean isStale(AccountId account, int device, long listVersion) {
    FakeBox box = boxes.get(new DeviceAddress(account, device));
    return box != null && box.sinceVersion > listVersion;
  }

  private boolean has(DeviceAddress device, String message) {
    FakeBox box = boxes.get(device);
    return box != null && box.seen.containsKey(message);
  }

  String id(FakeLine from, long counter) {
    return from.device() + "#" + registration(from.device()) + "#" + counter;
  }

  Message message(FakeLine from, long counter, DeviceCiphertext copy) {
    return Message.newBuilder()
        .setAccount(from.device().account().bytes())
        .setDevice(from.device().device())
        .setRegistration(registration(from.device()))
        .setCounter(counter)
        .setCiphertext(tamper.apply(copy.getCiphertext()))
        .setKind(copy.getKind())
        .build();
  }

  void put(DeviceAddress to, com.google.protobuf.Message message) {
    FakeBox box = boxes.get(to);
    if (box != null) {
      FakeLine.Stanza stanza = new FakeLine.Stanza(message, timeMs);
      box.stanzas.put(++sequence, stanza);
      box.line.ifPresent(line -> line.deliver(sequence, stanza));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
