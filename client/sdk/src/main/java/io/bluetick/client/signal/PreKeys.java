package io.bluetick.client.signal;

import com.google.protobuf.ByteString;
import io.bluetick.client.device.DeviceTable;
import io.bluetick.client.store.Database;
import io.bluetick.client.store.Row;
import io.bluetick.client.store.RowReader;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.InvalidMessageException;
import org.signal.libsignal.protocol.ecc.ECKeyPair;
import org.signal.libsignal.protocol.kem.KEMKeyPair;
import org.signal.libsignal.protocol.kem.KEMKeyType;
import org.signal.libsignal.protocol.state.KyberPreKeyRecord;
import org.signal.libsignal.protocol.state.PreKeyRecord;
import org.signal.libsignal.protocol.state.SignedPreKeyRecord;

/**
 * Makes this device's pre-keys. They are in the store before the server has them: a key that is
 * handed out can be used. To be used within a transaction.
 */
public final class PreKeys {
  /** Of each kind at once; the server takes a hundred. */
  public static final int STOCK = 100;

  private final Database database;
  private final DeviceTable device;
  private final OwnKeys keys;
  private final SignalTables tables;
  private final InstantSource clock;

  public PreKeys(Database database, DeviceTable device, OwnKeys keys, InstantSource clock) {
    this.database = database;
    this.device = device;
    this.keys = keys;
    this.tables = new SignalTables(database, keys.identity(), keys.registration());
    this.clock = clock;
  }

  /** The public halves of keys that are used until they are replaced. */
  public record Lasting(Bundle.Signed signed, Bundle.Signed lastResort) {}

  /** The public halves of keys that are used once. */
  public record Fresh(List<Bundle.OneTime> curve, List<Bundle.Signed> kyber) {}

  /** New lasting keys. The old ones stay for whoever has them already. */
  public Lasting lasting() {
    int id = device.nextPreKeyIds(2);
    ECKeyPair curve = ECKeyPair.generate();
    ByteString curveKey = ByteString.copyFrom(curve.getPublicKey().serialize());
    Bundle.Signed signed = new Bundle.Signed(id, curveKey, keys.sign(curveKey));
    tables.storeSignedPreKey(
        id, new SignedPreKeyRecord(id, clock.millis(), curve, signed.signature().toByteArray()));
    KyberPreKeyRecord kyber = kyber(id + 1);
    tables.storeLastResort(id + 1, kyber);
    return new Lasting(signed, published(kyber));
  }

  /** So many new ones of each kind. */
  public Fresh fresh(int curveCount, int kyberCount) {
    int id = device.nextPreKeyIds(curveCount + kyberCount);
    List<Bundle.OneTime> curve = new ArrayList<>(curveCount);
    for (int i = 0; i < curveCount; i++) {
      PreKeyRecord record = new PreKeyRecord(id, ECKeyPair.generate());
      tables.storePreKey(id++, record);
      curve.add(published(record));
    }
    List<Bundle.Signed> kyber = new ArrayList<>(kyberCount);
    for (int i = 0; i < kyberCount; i++) {
      KyberPreKeyRecord record = kyber(id);
      tables.storeKyberPreKey(id++, record);
      kyber.add(published(record));
    }
    return new Fresh(curve, kyber);
  }

  /** Those that the server has not confirmed: what was made for an upload that came to nothing. */
  public Fresh unconfirmed() {
    return new Fresh(
        unconfirmed("ec", row -> published(curveRecord(row))),
        unconfirmed("kyber", row -> published(kyberRecord(row))));
  }

  private <R> List<R> unconfirmed(String kind, RowReader<R> reader) {
    return database.all(
        "SELECT record FROM pre_key WHERE kind = ? AND id > ? ORDER BY id LIMIT ?",
        reader,
        kind,
        device.preKeysConfirmed(),
        STOCK);
  }

  /** The server has these, or will never take them. */
  public void confirmed(Fresh keys) {
    IntStream.concat(
            keys.curve().stream().mapToInt(Bundle.OneTime::id),
            keys.kyber().stream().mapToInt(Bundle.Signed::id))
        .max()
        .ifPresent(device::confirmPreKeys);
  }

  /** One-time keys that are still here and the server may have handed out are kept; so many. */
  public long stock() {
    return database
        .first("SELECT count(*) FROM pre_key WHERE kind IN ('ec', 'kyber')", row -> row.number(1))
        .orElse(0L);
  }

  private KyberPreKeyRecord kyber(int id) {
    KEMKeyPair pair = KEMKeyPair.generate(KEMKeyType.KYBER_1024);
    ByteString signature = keys.sign(ByteString.copyFrom(pair.getPublicKey().serialize()));
    return new KyberPreKeyRecord(id, clock.millis(), pair, signature.toByteArray());
  }

  private static PreKeyRecord curveRecord(Row row) {
    try {
      return new PreKeyRecord(row.array(1));
    } catch (InvalidMessageException e) {
      throw new IllegalStateException("a key in the store cannot be read", e);
    }
  }

  private static KyberPreKeyRecord kyberRecord(Row row) {
    try {
      return new KyberPreKeyRecord(row.array(1));
    } catch (InvalidMessageException e) {
      throw new IllegalStateException("a key in the store cannot be read", e);
    }
  }

  private static Bundle.OneTime published(PreKeyRecord record) {
    try {
      return new Bundle.OneTime(
          record.getId(), ByteString.copyFrom(record.getKeyPair().getPublicKey().serialize()));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a key that was just made is none", e);
    }
  }

  private static Bundle.Signed published(KyberPreKeyRecord record) {
    try {
      return new Bundle.Signed(
          record.getId(),
          ByteString.copyFrom(record.getKeyPair().getPublicKey().serialize()),
          ByteString.copyFrom(record.getSignature()));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a key that was just made is none", e);
    }
  }
}
