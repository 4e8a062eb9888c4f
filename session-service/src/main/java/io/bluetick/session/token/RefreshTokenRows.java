package io.bluetick.session.token;

import io.bluetick.protocol.AccountId;
import io.bluetick.session.account.AccountIds;
import io.bluetick.session.account.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code refresh_token}. */
@Repository
class RefreshTokenRows {

  /**
   * Whichever of the two it is that was shown, it is the previous one from now on: the other, if
   * there was one, never arrived.
   */
  private static final String ROTATE =
      """
      UPDATE refresh_token t SET previous_hash = :shown, current_hash = :next, used_at = :now
      FROM device d JOIN account a ON a.id = d.account
      WHERE t.family = :family AND (t.current_hash = :shown OR t.previous_hash = :shown)
        AND t.revoked_at IS NULL AND t.used_at > :idle_since
        AND d.account = t.account AND d.number = t.device AND d.registration = t.registration
        AND a.suspended_at IS NULL
      RETURNING t.account, t.device, t.registration
      """;

  private static final String STATE =
      """
      SELECT t.revoked_at IS NOT NULL AS revoked,
        t.current_hash <> :shown AND t.previous_hash IS DISTINCT FROM :shown AS reused,
        t.used_at <= :idle_since AS expired,
        a.suspended_at IS NOT NULL AS suspended
      FROM refresh_token t JOIN account a ON a.id = t.account
      WHERE t.family = :family
      """;

  private static final String ISSUE =
      """
      INSERT INTO refresh_token (family, account, device, registration, current_hash, used_at)
      VALUES (:family, :account, :device, :registration, :hash, :now)
      ON CONFLICT (account, device) DO UPDATE SET family = excluded.family,
        registration = excluded.registration, current_hash = excluded.current_hash,
        previous_hash = NULL, used_at = excluded.used_at, revoked_at = NULL
      """;

  private static final String REVOKE =
      """
      UPDATE refresh_token SET revoked_at = :now WHERE family = :family AND revoked_at IS NULL
        AND current_hash <> :shown AND previous_hash IS DISTINCT FROM :shown
      """;

  /** What is known of a family of which a token was shown in vain. */
  record State(boolean revoked, boolean reused, boolean expired, boolean suspended) {}

  private final JdbcClient sql;

  RefreshTokenRows(JdbcClient sql) {
    this.sql = sql;
  }

  /** Empty unless the token counts, its device is there and its account may go on. */
  Optional<Caller> rotate(RefreshToken shown, RefreshToken next, Instant now, Instant idleSince) {
    return sql.sql(ROTATE)
        .param("family", shown.family())
        .param("shown", shown.hash())
        .param("next", next.hash())
        .param("now", SigningKeyRows.utc(now))
        .param("idle_since", SigningKeyRows.utc(idleSince))
        .query((row, _) -> caller(row))
        .optional();
  }

  Optional<State> state(RefreshToken shown, Instant idleSince) {
    return sql.sql(STATE)
        .param("family", shown.family())
        .param("shown", shown.hash())
        .param("idle_since", SigningKeyRows.utc(idleSince))
        .query(State.class)
        .optional();
  }

  /** In place of whatever the device had. */
  void issue(Caller device, RefreshToken token, Instant now) {
    sql.sql(ISSUE)
        .param("family", token.family())
        .param("account", AccountIds.uuid(device.account()))
        .param("device", device.device())
        .param("registration", device.registration())
        .param("hash", token.hash())
        .param("now", SigningKeyRows.utc(now))
        .update();
  }

  /** Unless the token counts after all. */
  void revoke(RefreshToken shown, Instant now) {
    sql.sql(REVOKE)
        .param("family", shown.family())
        .param("shown", shown.hash())
        .param("now", SigningKeyRows.utc(now))
        .update();
  }

  void delete(AccountId account, int device) {
    sql.sql("DELETE FROM refresh_token WHERE account = ? AND device = ?")
        .params(AccountIds.uuid(account), device)
        .update();
  }

  private static Caller caller(ResultSet row) throws SQLException {
    return new Caller(
        AccountIds.of(row.getObject("account", UUID.class)),
        row.getInt("device"),
        row.getInt("registration"));
  }
}
