package io.bluetick.session.key;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.bluetick.session.account.AccountIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The tables of pre-keys, from the side of those who ask for other devices' keys. */
@Component
class BundleTables {

  /**
   * One statement, so one snapshot: devices, keys and list belong together whatever happens
   * meanwhile. Of a key that another transaction is about to take or delete the row is locked, and
   * skipped; of one that it has just taken the row is gone, and the next is locked.
   */
  private static final String TAKE =
      """
      WITH target AS MATERIALIZED (
        SELECT d.number, d.registration, d.identity_key,
               e.key_id AS ec_id, e.public AS ec_public, e.signature AS ec_signature,
               k.key_id AS last_id, k.public AS last_public, k.signature AS last_signature
        FROM device d
        JOIN signed_pre_key e ON e.account = d.account AND e.device = d.number AND e.kind = 'ec'
        JOIN signed_pre_key k ON k.account = d.account AND k.device = d.number AND k.kind = 'kyber'
        WHERE d.account = :account
          AND (d.number = ANY (:named) OR :all)
          AND NOT (d.account = :asker AND d.number = :askerDevice)
          AND EXISTS (SELECT FROM account WHERE id = :account AND suspended_at IS NULL)
      ), picked AS MATERIALIZED (
        SELECT t.number AS device, s.kind, o.key_id
        FROM target t
        CROSS JOIN (VALUES ('ec'), ('kyber')) AS s (kind)
        CROSS JOIN LATERAL (
          SELECT key_id FROM one_time_key
          WHERE account = :account AND device = t.number AND kind = s.kind
          ORDER BY key_id LIMIT 1 FOR UPDATE SKIP LOCKED) o
      ), taken AS (
        DELETE FROM one_time_key o USING picked p
        WHERE o.account = :account
          AND o.device = p.device AND o.kind = p.kind AND o.key_id = p.key_id
        RETURNING o.device, o.kind, o.key_id, o.public, o.signature
      )
      SELECT a.list_version, a.list, a.list_signature, t.*,
             e.key_id AS once_id, e.public AS once_public,
             k.key_id AS kyber_id, k.public AS kyber_public, k.signature AS kyber_signature
      FROM account a
      LEFT JOIN target t ON true
      LEFT JOIN taken e ON e.device = t.number AND e.kind = 'ec'
      LEFT JOIN taken k ON k.device = t.number AND k.kind = 'kyber'
      WHERE a.id = :account AND a.suspended_at IS NULL
      ORDER BY t.number
      """;

  /**
   * Counts no further than it must. A mark that is locked is left to who locked it: another one who
   * asks, the device's own upload, or its removal, which may wait for the keys that were just
   * taken.
   */
  private static final String MARK_LOW =
      """
      WITH low AS (
        SELECT device, kind FROM one_time_stock s
        WHERE account = :account AND device = ANY (:devices) AND NOT low_told
          AND :low > (
            SELECT count(*) FROM (
              SELECT FROM one_time_key o
              WHERE o.account = :account AND o.device = s.device AND o.kind = s.kind
              LIMIT :low) AS few)
        FOR UPDATE SKIP LOCKED
      )
      UPDATE one_time_stock s SET low_told = true FROM low
      WHERE s.account = :account AND s.device = low.device AND s.kind = low.kind
      RETURNING s.device
      """;

  private final JdbcClient sql;

  BundleTables(JdbcClient sql) {
    this.sql = sql;
  }

  /** Empty if there is no such account. No names: all of its devices. */
  Optional<Bundles> take(DeviceAddress asker, AccountId account, Set<Integer> named) {
    return sql.sql(TAKE)
        .param("account", AccountIds.uuid(account))
        .param("named", ints(named))
        .param("all", named.isEmpty())
        .param("asker", AccountIds.uuid(asker.account()))
        .param("askerDevice", asker.device())
        .query(BundleTables::bundles);
  }

  /** The list alone, which takes no keys. Empty if there is no such account. */
  Optional<PublishedList> list(AccountId account) {
    return sql.sql(
            "SELECT list_version, list, list_signature FROM account"
                + " WHERE id = :account AND suspended_at IS NULL")
        .param("account", AccountIds.uuid(account))
        .query((row, _) -> new PublishedList(row.getLong("list_version"), list(row)))
        .optional();
  }

  /** The devices that must be told now that their stock is low. */
  Set<Integer> markLow(AccountId account, List<Integer> devices) {
    return sql.sql(MARK_LOW)
        .param("account", AccountIds.uuid(account))
        .param("devices", ints(devices))
        .param("low", Keys.LOW)
        .query((row, _) -> row.getInt(1))
        .set();
  }

  private static Optional<Bundles> bundles(ResultSet row) throws SQLException {
    if (!row.next()) {
      return Optional.empty();
    }
    long listVersion = row.getLong("list_version");
    SignedDeviceList list = list(row);
    List<Bundle> devices = new ArrayList<>();
    do {
      if (row.getObject("number") != null) {
        devices.add(bundle(row));
      }
    } while (row.next());
    return Optional.of(new Bundles(listVersion, list, devices));
  }

  private static SignedDeviceList list(ResultSet row) throws SQLException {
    return SignedDeviceList.newBuilder()
        .setList(bytes(row, "list"))
        .setSignature(bytes(row, "list_signature"))
        .build();
  }

  private static Bundle bundle(ResultSet row) throws SQLException {
    boolean isOut = row.getObject("kyber_id") == null;
    return new Bundle(
        row.getInt("number"),
        row.getInt("registration"),
        bytes(row, "identity_key"),
        new SignedEcKey(row.getInt("ec_id"), bytes(row, "ec_public"), bytes(row, "ec_signature")),
        row.getObject("once_id") == null
            ? null
            : new EcKey(row.getInt("once_id"), bytes(row, "once_public")),
        kyber(row, isOut ? "last" : "kyber"),
        isOut);
  }

  private static KyberKey kyber(ResultSet row, String which) throws SQLException {
    return new KyberKey(
        row.getInt(which + "_id"), bytes(row, which + "_public"), bytes(row, which + "_signature"));
  }

  private static ByteString bytes(ResultSet row, String column) throws SQLException {
    return ByteString.copyFrom(row.getBytes(column));
  }

  private static int[] ints(Collection<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }
}
