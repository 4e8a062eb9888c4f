package io.bluetick.client.signal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.client.store.Queries;
import io.bluetick.client.store.Row;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import java.util.List;
import java.util.Optional;
import org.signal.libsignal.protocol.IdentityKey;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.fingerprint.NumericFingerprintGenerator;

/** Accounts as this device knows them. May be read beside the thread that writes. */
public final class PeerBook {
  /** As many rounds as Signal's own clients: an attacker pays them for each key that he tries. */
  private static final int FINGERPRINT_ROUNDS = 5200;

  private static final int FINGERPRINT_VERSION = 2;

  private final Queries database;

  public PeerBook(Queries database) {
    this.database = database;
  }

  public Optional<Peer> find(AccountId account) {
    return database.first(
        "SELECT route_version, list, verified FROM peer WHERE account = ?",
        row -> peer(account, row),
        account.bytes());
  }

  /** Whether nothing goes out to an account, because a key that was verified changed. */
  public boolean isHeld(AccountId account) {
    return database
        .first(
            "SELECT 1 FROM peer WHERE account = ? AND verified = ?",
            _ -> true,
            account.bytes(),
            Trust.HELD.column())
        .isPresent();
  }

  /** Sixty digits, the same on both sides, which two people compare. */
  public static String safetyNumber(
      AccountId own, IdentityKey ownIdentity, AccountId other, IdentityKey otherIdentity) {
    return new NumericFingerprintGenerator(FINGERPRINT_ROUNDS)
        .createFor(
            FINGERPRINT_VERSION,
            own.bytes().toByteArray(),
            ownIdentity,
            other.bytes().toByteArray(),
            otherIdentity)
        .getDisplayableFingerprint()
        .getDisplayText();
  }

  List<DeviceAddress> devices(AccountId account) {
    return database.all(
        "SELECT device FROM peer_device WHERE account = ? ORDER BY device",
        row -> new DeviceAddress(account, row.integer(1)),
        account.bytes());
  }

  private Peer peer(AccountId account, Row row) {
    try {
      DeviceList list = DeviceList.parseFrom(row.bytes(2));
      return new Peer(
          account,
          row.number(1),
          list.getVersion(),
          identity(list.getDevices(0)),
          devices(account),
          Trust.of(row.integer(3)));
    } catch (InvalidProtocolBufferException | InvalidKeyException e) {
      throw new IllegalStateException("a list that was verified cannot be read", e);
    }
  }

  static IdentityKey identity(ListedDevice device) throws InvalidKeyException {
    return new IdentityKey(device.getIdentityKey().toByteArray());
  }
}
