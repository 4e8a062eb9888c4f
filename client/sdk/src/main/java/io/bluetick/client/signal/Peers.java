package io.bluetick.client.signal;

import com.google.protobuf.ByteString;
import io.bluetick.client.signal.Learned.Forged;
import io.bluetick.client.signal.Learned.Identity;
import io.bluetick.client.signal.Learned.Known;
import io.bluetick.client.signal.Learned.Older;
import io.bluetick.client.store.Database;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.SignedLists;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.signal.libsignal.protocol.InvalidKeyException;

/**
 * Who has which devices. The server says it, and could lie; so only what an account's primary has
 * signed counts, and its key is remembered from the first time on.
 */
public final class Peers {
  private final Database database;
  private final PeerBook book;

  public Peers(Database database) {
    this.database = database;
    this.book = new PeerBook(database);
  }

  public Optional<Peer> find(AccountId account) {
    return book.find(account);
  }

  /** Whether an account's primary has signed that this is one of its devices. */
  public boolean isListed(DeviceAddress device) {
    return identityOf(device).isPresent();
  }

  /** Without a look at the list itself: it is asked for with every message. */
  public Optional<Route> route(AccountId account) {
    return database.first(
        "SELECT route_version FROM peer WHERE account = ?",
        row -> new Route(account, row.number(1), book.devices(account)),
        account.bytes());
  }

  /**
   * Takes the list of the own account. Its primary is known since this device belongs to it, and
   * this device is in it, or it is forged: else the server could read along as a companion.
   */
  public Learned learnOwn(
      DeviceAddress self, OwnKeys keys, long routeVersion, SignedDeviceList signed) {
    Optional<DeviceList> sound = verify(self.account(), signed);
    boolean isOurs =
        sound.isPresent()
            && find(self.account())
                .filter(before -> compare(before, sound.get()) == Identity.SAME)
                .isPresent()
            && sound.get().getDevicesList().stream()
                .anyMatch(listed ->
                    listed.getDevice() == self.device()
                        && listed.getIdentityKey().equals(keys.publicBytes()));
    return isOurs ? learn(self.account(), routeVersion, signed) : new Forged();
  }

  /** Takes what the server handed out, if it holds. Sessions with devices that are no more go. */
  public Learned learn(AccountId account, long routeVersion, SignedDeviceList signed) {
    Optional<DeviceList> sound = verify(account, signed);
    if (sound.isEmpty()) {
      return new Forged();
    }
    DeviceList list = sound.get();
    Optional<Peer> before = find(account);
    Identity identity = before.map(peer -> compare(peer, list)).orElse(Identity.FIRST);
    // Versions of another key are another count: else one list could shut out the true one for
    // ever.
    if (identity == Identity.SAME && isOlder(before.orElseThrow(), list, signed)) {
      return new Older(before.orElseThrow());
    }
    Trust trust = before.map(Peer::trust).orElse(Trust.UNVERIFIED);
    store(
        account, routeVersion, signed, identity == Identity.CHANGED ? trust.afterChange() : trust);
    storeDevices(account, list);
    return new Known(find(account).orElseThrow(), identity);
  }

  /**
   * The server does not route to these devices any more; the primary has still to sign that. What
   * they sent before can still be read.
   */
  public void gone(AccountId account, long routeVersion, List<Integer> devices) {
    database.run(
        "UPDATE peer SET route_version = max(route_version, ?) WHERE account = ?",
        routeVersion,
        account.bytes());
    devices.forEach(device ->
        database.run(
            "DELETE FROM peer_device WHERE account = ? AND device = ?", account.bytes(), device));
  }

  /** The user compared safety numbers, or takes it back; that does not let go what is held. */
  public void verified(AccountId account, boolean isVerified) {
    if (isVerified) {
      trust(account, Trust.VERIFIED);
    } else if (!book.isHeld(account)) {
      trust(account, Trust.UNVERIFIED);
    }
  }

  /** The user goes on with a new key without comparing. False if nothing was held. */
  public boolean trust(AccountId account) {
    boolean isHeld = book.isHeld(account);
    if (isHeld) {
      trust(account, Trust.UNVERIFIED);
    }
    return isHeld;
  }

  private void trust(AccountId account, Trust trust) {
    database.run("UPDATE peer SET verified = ? WHERE account = ?", trust.column(), account.bytes());
  }

  private boolean isOlder(Peer before, DeviceList list, SignedDeviceList signed) {
    return list.getVersion() < before.listVersion()
        || (list.getVersion() == before.listVersion()
            && !signed.getList().equals(stored(before.account())));
  }

  private ByteString stored(AccountId account) {
    return database
        .first("SELECT list FROM peer WHERE account = ?", row -> row.bytes(1), account.bytes())
        .orElseThrow();
  }

  // ---- Lists -----------------------------------------------------------------------------------

  private static Optional<DeviceList> verify(AccountId account, SignedDeviceList signed) {
    return switch (SignedLists.check(signed, account, Signatures::verify)) {
      case SignedLists.Sound(var list) when hasKeys(list) -> Optional.of(list);
      case SignedLists.Sound _, SignedLists.Malformed _, SignedLists.WrongSignature _ ->
          Optional.empty();
    };
  }

  private static boolean hasKeys(DeviceList list) {
    try {
      for (ListedDevice device : list.getDevicesList()) {
        // Throws unless it is a key.
        var _ = PeerBook.identity(device);
      }
      return true;
    } catch (InvalidKeyException e) {
      return false;
    }
  }

  private static Identity compare(Peer before, DeviceList list) {
    ByteString key = list.getDevices(0).getIdentityKey();
    return key.equals(ByteString.copyFrom(before.identity().serialize()))
        ? Identity.SAME
        : Identity.CHANGED;
  }

  private void store(AccountId account, long routeVersion, SignedDeviceList signed, Trust trust) {
    database.run(
        "INSERT INTO peer (account, route_version, list, signature, verified)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (account) DO UPDATE SET"
            + " route_version = excluded.route_version, list = excluded.list,"
            + " signature = excluded.signature, verified = excluded.verified",
        account.bytes(),
        routeVersion,
        signed.getList(),
        signed.getSignature(),
        trust.column());
  }

  private void storeDevices(AccountId account, DeviceList list) {
    Set<Integer> present = new HashSet<>();
    for (ListedDevice listed : list.getDevicesList()) {
      if (!Ratchets.isPossible(listed.getDevice())) {
        continue;
      }
      DeviceAddress device = new DeviceAddress(account, listed.getDevice());
      present.add(listed.getDevice());
      Optional<ByteString> known = identityOf(device);
      if (known.isPresent() && !known.get().equals(listed.getIdentityKey())) {
        forget(device);
      }
      database.run(
          "INSERT INTO peer_device (account, device, identity) VALUES (?, ?, ?)"
              + " ON CONFLICT (account, device) DO UPDATE SET identity = excluded.identity",
          account.bytes(),
          listed.getDevice(),
          listed.getIdentityKey());
    }
    book.devices(account).stream()
        .filter(device -> !present.contains(device.device()))
        .forEach(this::forget);
  }

  private void forget(DeviceAddress device) {
    for (String table : List.of("session", "sender_key", "peer_device")) {
      database.run(
          "DELETE FROM " + table + " WHERE account = ? AND device = ?",
          device.account().bytes(),
          device.device());
    }
  }

  private Optional<ByteString> identityOf(DeviceAddress device) {
    return database.first(
        "SELECT identity FROM peer_device WHERE account = ? AND device = ?",
        row -> row.bytes(1),
        device.account().bytes(),
        device.device());
  }
}
