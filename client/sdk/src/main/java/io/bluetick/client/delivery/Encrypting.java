package io.bluetick.client.delivery;

import com.google.protobuf.ByteString;
import io.bluetick.client.chat.Change;
import io.bluetick.client.content.Content;
import io.bluetick.client.content.Padding;
import io.bluetick.client.delivery.Outbox.Unsealed;
import io.bluetick.client.signal.Route;
import io.bluetick.client.signal.Sealed;
import io.bluetick.client.store.StoreException;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.Frames;
import io.bluetick.protocol.Wire;
import io.bluetick.protocol.v1.CiphertextKind;
import io.bluetick.protocol.v1.ClientFrameType;
import io.bluetick.protocol.v1.DeviceCiphertext;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.SendToAccount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Turns contents into frames: each in its order, as soon as there are keys, and once. */
final class Encrypting {
  /** Looked at in one turn. */
  private static final int RECIPIENTS = 256;

  private final Tables tables;
  private final KeyDesk desk;
  private final GroupKeys groupKeys;

  /** Devices that have no keys on the server, until their list is another. */
  private final Map<AccountId, Set<Integer>> unreachable = new HashMap<>();

  Encrypting(Tables tables, KeyDesk desk, GroupKeys groupKeys) {
    this.tables = tables;
    this.desk = desk;
    this.groupKeys = groupKeys;
  }

  /** Encrypts what can be, as much as may be under way, and adds the new frames to what waits. */
  void seal(Waiting waiting, Turn turn) {
    int room = Sending.WINDOW - waiting.size();
    if (room <= 0) {
      return;
    }
    Work work = new Work(waiting, new HashMap<>(), turn);
    List<AccountId> groups = tables.outbox().groups();
    groups.forEach(group -> groupKeys.hand(group, turn));
    for (AccountId account : tables.outbox().recipients(RECIPIENTS)) {
      if (!desk.isAsked(account) && !groups.contains(account)) {
        room -= seal(account, room, work);
      }
    }
    // After the keys that open what they are told.
    for (AccountId group : groups) {
      room -= seal(group, room, work);
    }
  }

  /**
   * What the contents of one turn share.
   *
   * @param routes as they were looked up; nothing changes them while contents are encrypted
   */
  private record Work(Waiting waiting, Map<AccountId, Optional<Route>> routes, Turn turn) {}

  /** In their order: who waits for keys holds up what is behind it, of this account alone. */
  private int seal(AccountId account, int room, Work work) {
    int count = 0;
    for (Unsealed next : tables.outbox().unsealed(account, Math.max(room, 0))) {
      if (!sealSafely(next, work)) {
        break;
      }
      count++;
    }
    return count;
  }

  /**
   * What cannot be encrypted or stored, by a defect, is given up, or nothing would ever be sent
   * again.
   */
  private boolean sealSafely(Unsealed next, Work work) {
    Turn turn = work.turn();
    Turn.Mark mark = turn.mark();
    try {
      return tables
          .database()
          .savepoint(() ->
              next.isForGroup() ? groupKeys.seal(next, work.waiting(), turn) : seal(next, work));
    } catch (RuntimeException e) {
      if (e instanceof StoreException store && store.kind() != StoreException.Kind.UNSTORABLE) {
        throw e;
      }
      turn.back(mark);
      turn.tell(new ClientEvent.Trouble("a message cannot be encrypted: " + e));
      giveUp(next, turn);
      return true;
    }
  }

  /** False if keys are missing; they are asked for. */
  private boolean seal(Unsealed next, Work work) {
    AccountId account = next.account();
    if (next.content().hasRepeat()) {
      sealed(next, send(next, plaintext(next), List.of(), work), work);
      return true;
    }
    boolean isOwn = account.equals(tables.account());
    Optional<Route> own = ready(tables.account(), Set.of(), work);
    Optional<Route> route = isOwn ? own : ready(account, next.devices(), work);
    if (own.isEmpty() || route.isEmpty()) {
      return false;
    }
    if (!isOwn && targets(route.get(), next.devices()).isEmpty()) {
      giveUp(next, work.turn());
      return true;
    }
    boolean isCopied = next.devices().isEmpty() || isOwn;
    List<DeviceCiphertext> theirs =
        isOwn ? List.of() : seal(targets(route.get(), next.devices()), next.content());
    AccountId to = isOwn ? saidTo(next.content()) : account;
    List<DeviceCiphertext> copies =
        isCopied
            ? seal(
                targets(own.get(), isOwn ? next.devices() : Set.of()),
                next.content().toBuilder().setSaidTo(to.bytes()).build())
            : List.of();
    sealed(next, send(next, theirs, copies, work), work);
    return true;
  }

  /** None of its devices has keys, or it is too large. */
  private void giveUp(Unsealed next, Turn turn) {
    tables.outbox().remove(next.id());
    if (next.counter().isEmpty() && next.message().isPresent()) {
      Changes.tell(tables.conversations().failed(next.message().getAsLong()), turn);
    }
  }

  private AccountId saidTo(Content content) {
    return content.getSaidTo().isEmpty() ? tables.account() : AccountId.of(content.getSaidTo());
  }

  /** The account, with sessions for all of these devices that can be had; empty until then. */
  private Optional<Route> ready(AccountId account, Set<Integer> only, Work work) {
    if (desk.isAsked(account)) {
      return Optional.empty();
    }
    Optional<Route> route = route(account, work);
    if (route.isEmpty()) {
      desk.askKeys(account, Set.of(), work.turn());
      return Optional.empty();
    }
    Set<Integer> missing = new TreeSet<>();
    targets(route.get(), only).stream()
        .filter(device -> !tables.ratchets().isOpen(device))
        .forEach(device -> missing.add(device.device()));
    if (!missing.isEmpty()) {
      desk.askKeys(account, missing, work.turn());
      return Optional.empty();
    }
    return route;
  }

  private Optional<Route> route(AccountId account, Work work) {
    return work.routes().computeIfAbsent(account, tables.peers()::route);
  }

  /** Whom of its devices to encrypt for: not this one, and not those that have no keys. */
  private List<DeviceAddress> targets(Route route, Set<Integer> only) {
    Set<Integer> without = unreachable.getOrDefault(route.account(), Set.of());
    return route.devices().stream()
        .filter(device -> !device.equals(tables.own().address()))
        .filter(device -> only.isEmpty() || only.contains(device.device()))
        .filter(device -> !without.contains(device.device()))
        .toList();
  }

  private List<DeviceCiphertext> seal(List<DeviceAddress> devices, Content content) {
    byte[] padded = Padding.pad(content.toByteArray());
    List<DeviceCiphertext> copies = new ArrayList<>();
    for (DeviceAddress device : devices) {
      Sealed sealed = tables.ratchets().seal(device, padded);
      copies.add(copy(device.device(), sealed.ciphertext(), sealed.kind()));
    }
    return copies;
  }

  /** For a device with which there is no session to trust. */
  private static List<DeviceCiphertext> plaintext(Unsealed next) {
    ByteString padded = ByteString.copyFrom(Padding.pad(next.content().toByteArray()));
    return next.devices().stream()
        .map(device -> copy(device, padded, CiphertextKind.PLAINTEXT))
        .toList();
  }

  private static DeviceCiphertext copy(int device, ByteString ciphertext, CiphertextKind kind) {
    return DeviceCiphertext.newBuilder()
        .setDevice(device)
        .setCiphertext(ciphertext)
        .setKind(kind)
        .build();
  }

  private SendToAccount send(
      Unsealed next, List<DeviceCiphertext> theirs, List<DeviceCiphertext> copies, Work work) {
    long counter =
        next.counter().isPresent() ? next.counter().getAsLong() : tables.device().nextCounter();
    AccountId to =
        next.account().equals(tables.account()) ? saidTo(next.content()) : next.account();
    SendToAccount.Builder send =
        SendToAccount.newBuilder()
            .setCounter(counter)
            .setAccount(to.bytes())
            .setListVersion(version(to, work))
            .addAllDevices(theirs)
            .setPriority(next.isShown() ? Priority.URGENT : Priority.BACKGROUND);
    if (!copies.isEmpty()) {
      send.addAllOwnDevices(copies).setOwnListVersion(version(tables.account(), work));
    }
    return send.build();
  }

  private long version(AccountId account, Work work) {
    return route(account, work).map(Route::version).orElse(0L);
  }

  private void sealed(Unsealed what, SendToAccount send, Work work) {
    byte[] frame = Frames.encode(ClientFrameType.SEND_TO_ACCOUNT, send);
    if (frame.length > Wire.MAX_FRAME_BYTES) {
      work.turn().tell(new ClientEvent.Trouble("a message is too large for so many devices"));
      giveUp(what, work.turn());
      return;
    }
    tables.outbox().sealed(what.id(), send.getCounter(), frame);
    work.waiting().add(what.id(), send.getCounter(), work.turn());
    if (!what.content().hasRepeat()) {
      tables.outbox().sent(send.getCounter(), what, tables.nowMs());
    }
  }

  // ---- Keys ------------------------------------------------------------------------------------

  /** Who had no keys may have them now. */
  void listChanged(AccountId account) {
    unreachable.remove(account);
  }

  void keysKnown(AccountId account, Set<Integer> without) {
    unreachable.merge(
        account,
        without,
        (before, more) -> {
          Set<Integer> all = new TreeSet<>(before);
          all.addAll(more);
          return all;
        });
  }

  /** Nobody can be written to there: there is no such account. */
  void keysRefused(AccountId account, String code, Turn turn) {
    for (long message : tables.outbox().giveUp(account)) {
      Change change = tables.conversations().failed(message);
      Changes.tell(change, turn);
    }
    turn.tell(new ClientEvent.Trouble("no keys of " + account + ": " + code));
  }
}
