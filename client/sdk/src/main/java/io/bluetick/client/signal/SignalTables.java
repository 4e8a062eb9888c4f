package io.bluetick.client.signal;

import com.google.protobuf.ByteString;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.Row;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.signal.libsignal.protocol.IdentityKey;
import org.signal.libsignal.protocol.IdentityKeyPair;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.InvalidKeyIdException;
import org.signal.libsignal.protocol.InvalidMessageException;
import org.signal.libsignal.protocol.NoSessionException;
import org.signal.libsignal.protocol.ReusedBaseKeyException;
import org.signal.libsignal.protocol.SignalProtocolAddress;
import org.signal.libsignal.protocol.ecc.ECPublicKey;
import org.signal.libsignal.protocol.groups.state.SenderKeyRecord;
import org.signal.libsignal.protocol.state.KyberPreKeyRecord;
import org.signal.libsignal.protocol.state.PreKeyRecord;
import org.signal.libsignal.protocol.state.SessionRecord;
import org.signal.libsignal.protocol.state.SignalProtocolStore;
import org.signal.libsignal.protocol.state.SignedPreKeyRecord;

/**
 * What libsignal keeps, in our tables. It is called within a transaction, so a message and the
 * ratchet that it moved are stored together or not at all.
 *
 * <p>Whose key is whose is not libsignal's to learn: it stands in the lists that the primaries
 * signed. A key that is in no list is trusted by nobody.
 */
final class SignalTables implements SignalProtocolStore {
  private final Database database;
  private final IdentityKeyPair identity;
  private final int registration;

  SignalTables(Database database, IdentityKeyPair identity, int registration) {
    this.database = database;
    this.identity = identity;
    this.registration = registration;
  }

  // ---- Identities ------------------------------------------------------------------------------

  @Override
  public IdentityKeyPair getIdentityKeyPair() {
    return identity;
  }

  @Override
  public int getLocalRegistrationId() {
    return registration;
  }

  @Override
  public IdentityChange saveIdentity(SignalProtocolAddress address, IdentityKey key) {
    return IdentityChange.NEW_OR_UNCHANGED;
  }

  @Override
  public boolean isTrustedIdentity(
      SignalProtocolAddress address, IdentityKey key, Direction direction) {
    return key.equals(getIdentity(address));
  }

  @Override
  public @Nullable IdentityKey getIdentity(SignalProtocolAddress address) {
    DeviceAddress device = Addresses.of(address);
    return database
        .first(
            "SELECT identity FROM peer_device WHERE account = ? AND device = ?",
            row -> identityKey(row.bytes(1)),
            device.account().bytes(),
            device.device())
        .orElse(null);
  }

  private static IdentityKey identityKey(ByteString key) {
    try {
      return new IdentityKey(key.toByteArray());
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a list with a key that is none was stored", e);
    }
  }

  // ---- Sessions --------------------------------------------------------------------------------

  @Override
  public @Nullable SessionRecord loadSession(SignalProtocolAddress address) {
    DeviceAddress device = Addresses.of(address);
    return database
        .first(
            "SELECT record FROM session WHERE account = ? AND device = ?",
            row -> record(row, SessionRecord::new),
            device.account().bytes(),
            device.device())
        .orElse(null);
  }

  @Override
  public List<SessionRecord> loadExistingSessions(List<SignalProtocolAddress> addresses)
      throws NoSessionException {
    List<SessionRecord> sessions = new ArrayList<>();
    for (SignalProtocolAddress address : addresses) {
      SessionRecord session = loadSession(address);
      if (session == null) {
        throw new NoSessionException(address, "no session with " + address);
      }
      sessions.add(session);
    }
    return sessions;
  }

  @Override
  public List<Integer> getSubDeviceSessions(String name) {
    return database.all(
        "SELECT device FROM session WHERE account = ? AND device > 0",
        row -> Addresses.device(new DeviceAddress(AccountId.parse(name), row.integer(1))),
        AccountId.parse(name).bytes());
  }

  @Override
  public void storeSession(SignalProtocolAddress address, SessionRecord session) {
    DeviceAddress device = Addresses.of(address);
    database.run(
        "INSERT OR REPLACE INTO session (account, device, record) VALUES (?, ?, ?)",
        device.account().bytes(),
        device.device(),
        session.serialize());
  }

  @Override
  public boolean containsSession(SignalProtocolAddress address) {
    SessionRecord session = loadSession(address);
    return session != null && session.hasSenderChain();
  }

  @Override
  public void deleteSession(SignalProtocolAddress address) {
    DeviceAddress device = Addresses.of(address);
    database.run(
        "DELETE FROM session WHERE account = ? AND device = ?",
        device.account().bytes(),
        device.device());
  }

  @Override
  public void deleteAllSessions(String name) {
    database.run("DELETE FROM session WHERE account = ?", AccountId.parse(name).bytes());
  }

  // ---- Pre-keys --------------------------------------------------------------------------------

  @Override
  public PreKeyRecord loadPreKey(int id) throws InvalidKeyIdException {
    return preKey(KeyKind.EC, id, PreKeyRecord::new).orElseThrow(() -> missing(KeyKind.EC, id));
  }

  @Override
  public void storePreKey(int id, PreKeyRecord key) {
    store(KeyKind.EC, id, key.serialize());
  }

  @Override
  public boolean containsPreKey(int id) {
    return preKey(KeyKind.EC, id, PreKeyRecord::new).isPresent();
  }

  @Override
  public void removePreKey(int id) {
    remove(KeyKind.EC, id);
  }

  @Override
  public SignedPreKeyRecord loadSignedPreKey(int id) throws InvalidKeyIdException {
    return preKey(KeyKind.SIGNED, id, SignedPreKeyRecord::new)
        .orElseThrow(() -> missing(KeyKind.SIGNED, id));
  }

  @Override
  public List<SignedPreKeyRecord> loadSignedPreKeys() {
    return preKeys(KeyKind.SIGNED, SignedPreKeyRecord::new);
  }

  @Override
  public void storeSignedPreKey(int id, SignedPreKeyRecord key) {
    store(KeyKind.SIGNED, id, key.serialize());
  }

  @Override
  public boolean containsSignedPreKey(int id) {
    return preKey(KeyKind.SIGNED, id, SignedPreKeyRecord::new).isPresent();
  }

  @Override
  public void removeSignedPreKey(int id) {
    remove(KeyKind.SIGNED, id);
  }

  @Override
  public KyberPreKeyRecord loadKyberPreKey(int id) throws InvalidKeyIdException {
    return preKey(KeyKind.KYBER, id, KyberPreKeyRecord::new)
        .or(() -> preKey(KeyKind.LAST_RESORT, id, KyberPreKeyRecord::new))
        .orElseThrow(() -> missing(KeyKind.KYBER, id));
  }

  @Override
  public List<KyberPreKeyRecord> loadKyberPreKeys() {
    return preKeys(KeyKind.KYBER, KyberPreKeyRecord::new);
  }

  @Override
  public void storeKyberPreKey(int id, KyberPreKeyRecord key) {
    store(KeyKind.KYBER, id, key.serialize());
  }

  void storeLastResort(int id, KyberPreKeyRecord key) {
    store(KeyKind.LAST_RESORT, id, key.serialize());
  }

  @Override
  public boolean containsKyberPreKey(int id) {
    return preKey(KeyKind.KYBER, id, KyberPreKeyRecord::new).isPresent();
  }

  /** A one-time key goes; the last resort stays, and takes no base key twice. */
  @Override
  public void markKyberPreKeyUsed(int id, int signed, ECPublicKey baseKey)
      throws ReusedBaseKeyException {
    if (remove(KeyKind.KYBER, id) > 0) {
      return;
    }
    int isNew =
        database.run(
            "INSERT OR IGNORE INTO kyber_use (kyber, signed, base_key) VALUES (?, ?, ?)",
            id,
            signed,
            baseKey.serialize());
    if (isNew == 0) {
      throw new ReusedBaseKeyException();
    }
  }

  // ---- Sender keys -----------------------------------------------------------------------------

  @Override
  public void storeSenderKey(
      SignalProtocolAddress sender, UUID distribution, SenderKeyRecord record) {
    DeviceAddress device = Addresses.of(sender);
    database.run(
        "INSERT INTO sender_key (account, device, distribution, record) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (account, device, distribution) DO UPDATE SET"
            + " record = excluded.record",
        device.account().bytes(),
        device.device(),
        bytes(distribution),
        record.serialize());
  }

  @Override
  public @Nullable SenderKeyRecord loadSenderKey(SignalProtocolAddress sender, UUID distribution) {
    DeviceAddress device = Addresses.of(sender);
    return database
        .first(
            "SELECT record FROM sender_key WHERE account = ? AND device = ? AND distribution = ?",
            row -> record(row, SenderKeyRecord::new),
            device.account().bytes(),
            device.device(),
            bytes(distribution))
        .orElse(null);
  }

  static byte[] bytes(UUID distribution) {
    return distribution.toString().getBytes(StandardCharsets.US_ASCII);
  }

  // ---- Plumbing --------------------------------------------------------------------------------

  /** Reads what libsignal wrote. */
  private interface Parser<T> {
    T parse(byte[] record) throws InvalidMessageException;
  }

  private static <T> T record(Row row, Parser<T> parser) {
    try {
      return parser.parse(row.bytes(1).toByteArray());
    } catch (InvalidMessageException e) {
      throw new IllegalStateException("a record of the store cannot be read", e);
    }
  }

  private <T> Optional<T> preKey(KeyKind kind, int id, Parser<T> parser) {
    return database.first(
        "SELECT record FROM pre_key WHERE kind = ? AND id = ?",
        row -> record(row, parser),
        kind.column(),
        id);
  }

  private <T> List<T> preKeys(KeyKind kind, Parser<T> parser) {
    return database.all(
        "SELECT record FROM pre_key WHERE kind = ? ORDER BY id",
        row -> record(row, parser),
        kind.column());
  }

  private void store(KeyKind kind, int id, byte[] record) {
    database.run(
        "INSERT OR REPLACE INTO pre_key (kind, id, record) VALUES (?, ?, ?)",
        kind.column(),
        id,
        record);
  }

  private int remove(KeyKind kind, int id) {
    return database.run("DELETE FROM pre_key WHERE kind = ? AND id = ?", kind.column(), id);
  }

  private static InvalidKeyIdException missing(KeyKind kind, int id) {
    return new InvalidKeyIdException("no " + kind.column() + " pre-key " + id);
  }
}
