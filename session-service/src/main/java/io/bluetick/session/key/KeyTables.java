package io.bluetick.session.key;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.session.account.AccountIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * The tables of pre-keys, from the side of the device that owns them.
 *
 * <p>Without JPA: keys come by the hundred and go by one statement that takes them, and nobody
 * looks at one by itself. As entities each would be a row of its own to insert, and a copy of 1.6
 * KB in the session to be compared with itself.
 */
@Component
class KeyTables {

  private final JdbcClient sql;

  KeyTables(JdbcClient sql) {
    this.sql = sql;
  }

  /** Which registration of a device it is, and by which key it signs. */
  record Owner(int registration, ByteString identityKey) {}

  Optional<Owner> owner(DeviceAddress device) {
    return owner(device, "");
  }

  /**
   * Until the transaction ends the device stays. Locked before anything of its keys, because its
   * removal goes the same way: the device first, then the keys.
   */
  Optional<Owner> lockOwner(DeviceAddress device) {
    return owner(device, "FOR KEY SHARE");
  }

  private Optional<Owner> owner(DeviceAddress device, String lock) {
    return of(
            "SELECT registration, identity_key FROM device"
                + " WHERE account = :account AND number = :device "
                + lock,
            device)
        .query((row, _) -> new Owner(row.getInt(1), bytes(row, 2)))
        .optional();
  }

  void putSigned(
      DeviceAddress device, Kind kind, int id, ByteString publicKey, ByteString signature) {
    of(
            """
            INSERT INTO signed_pre_key (account, device, kind, key_id, public, signature)
            VALUES (:account, :device, :kind, :id, :public, :signature)
            ON CONFLICT (account, device, kind) DO UPDATE
            SET key_id = excluded.key_id, public = excluded.public, signature = excluded.signature
            """,
            device)
        .param("kind", kind.column())
        .param("id", id)
        .param("public", publicKey.toByteArray())
        .param("signature", signature.toByteArray())
        .update();
  }

  Optional<SignedEcKey> signedPreKey(DeviceAddress device) {
    return signed(device, Kind.EC)
        .query((row, _) -> new SignedEcKey(row.getInt(1), bytes(row, 2), bytes(row, 3)))
        .optional();
  }

  Optional<KyberKey> lastResort(DeviceAddress device) {
    return signed(device, Kind.KYBER)
        .query((row, _) -> new KyberKey(row.getInt(1), bytes(row, 2), bytes(row, 3)))
        .optional();
  }

  private StatementSpec signed(DeviceAddress device, Kind kind) {
    return of(
            """
            SELECT key_id, public, signature FROM signed_pre_key
            WHERE account = :account AND device = :device AND kind = :kind
            """,
            device)
        .param("kind", kind.column());
  }

  /**
   * Opens the stock if need be. One upload of a device at a time: returns the highest id so far.
   */
  int lockStock(DeviceAddress device, Kind kind) {
    of(
            """
            INSERT INTO one_time_stock (account, device, kind) VALUES (:account, :device, :kind)
            ON CONFLICT DO NOTHING
            """,
            device)
        .param("kind", kind.column())
        .update();
    return of(
            """
            SELECT last_id FROM one_time_stock
            WHERE account = :account AND device = :device AND kind = :kind FOR UPDATE
            """,
            device)
        .param("kind", kind.column())
        .query(Integer.class)
        .single();
  }

  /** What is in stock of these ids. */
  Map<Integer, ByteString> stocked(DeviceAddress device, Kind kind, List<StockRow> keys) {
    return of(
            """
            SELECT key_id, public FROM one_time_key
            WHERE account = :account AND device = :device AND kind = :kind AND key_id = ANY (:ids)
            """,
            device)
        .param("kind", kind.column())
        .param("ids", ids(keys))
        .query((row, _) -> Map.entry(row.getInt(1), bytes(row, 2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  void add(DeviceAddress device, Kind kind, List<StockRow> keys) {
    of(
            """
            INSERT INTO one_time_key (account, device, kind, key_id, public, signature)
            SELECT :account, :device, :kind, * FROM unnest(:ids, :publics, :signatures)
            """,
            device)
        .param("kind", kind.column())
        .param("ids", ids(keys))
        .param(
            "publics",
            keys.stream().map(key -> key.publicKey().toByteArray()).toArray(byte[][]::new))
        .param("signatures", keys.stream().map(KeyTables::signature).toArray(byte[][]::new))
        .update();
  }

  /** After keys were added: the stock is told low again only when it was full enough meanwhile. */
  void raise(DeviceAddress device, Kind kind, int lastId, boolean isLow) {
    of(
            """
            UPDATE one_time_stock SET last_id = :lastId, low_told = low_told AND :isLow
            WHERE account = :account AND device = :device AND kind = :kind
            """,
            device)
        .param("kind", kind.column())
        .param("lastId", lastId)
        .param("isLow", isLow)
        .update();
  }

  KeyCounts counts(DeviceAddress device) {
    return of(
            """
            SELECT count(*) FILTER (WHERE kind = 'ec'), count(*) FILTER (WHERE kind = 'kyber')
            FROM one_time_key WHERE account = :account AND device = :device
            """,
            device)
        .query((row, _) -> new KeyCounts(row.getInt(1), row.getInt(2)))
        .single();
  }

  private StatementSpec of(String statement, DeviceAddress device) {
    return sql.sql(statement)
        .param("account", AccountIds.uuid(device.account()))
        .param("device", device.device());
  }

  private static int[] ids(List<StockRow> keys) {
    return keys.stream().mapToInt(StockRow::id).toArray();
  }

  private static byte @Nullable [] signature(StockRow key) {
    ByteString signature = key.signature();
    return signature == null ? null : signature.toByteArray();
  }

  private static ByteString bytes(ResultSet row, int column) throws SQLException {
    return ByteString.copyFrom(row.getBytes(column));
  }
}
