package io.bluetick.client.signal;

import com.google.protobuf.ByteString;
import io.bluetick.client.device.DeviceTable;
import io.bluetick.client.store.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
      ECKeyPair pair = ECKeyPair.generate();
      tables.storePreKey(id, new PreKeyRecord(id, pair));
      curve.add(new Bundle.OneTime(id++, ByteString.copyFrom(pair.getPublicKey().serialize())));
    }
    List<Bundle.Signed> kyber = new ArrayList<>(kyberCount);
    for (int i = 0; i < kyberCount; i++) {
      KyberPreKeyRecord record = kyber(id);
      tables.storeKyberPreKey(id++, record);
      kyber.add(published(record));
    }
    return new Fresh(curve, kyber);
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

  private static Bundle.Signed published(KyberPreKeyRecord record) {
    try {
      return new Bundle.Signed(
          record.getId(),
          ByteString.copyFrom(record.getKeyPair().getPublicKey().serialize()),
          ByteString.copyFrom(record.getSignature()));
    } catch (org.signal.libsignal.protocol.InvalidKeyException e) {
      throw new IllegalStateException("a key that was just made is none", e);
    }
  }
}
