package io.bluetick.session.registration;

import static io.bluetick.session.registration.VerificationTable.at;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.session.account.AccountIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The columns of {@code account} that guard it. Hibernate does not know those of the PIN and writes
 * no others than it knows.
 */
@Component
class GuardTable {
  private static final String SELECT =
      "SELECT id, number_hash, pin_hash, pin_failures, pin_retry_at, last_seen FROM account ";

  /** In order, so that two who give each other their numbers do not wait for each other. */
  private static final String LOCK =
      SELECT
          + "WHERE number_hash = :number OR id = CAST(:own AS uuid) ORDER BY id FOR NO KEY UPDATE";

  private final JdbcClient sql;

  GuardTable(JdbcClient sql) {
    this.sql = sql;
  }

  /**
   * How an account is guarded.
   *
   * @param pinHash empty if it has no PIN
   * @param retryAt when the next PIN may be tried
   */
  record Guard(
      AccountId account,
      ByteString numberHash,
      Optional<String> pinHash,
      int failures,
      Instant retryAt,
      LocalDate lastSeen) {}

  Optional<Guard> find(ByteString numberHash) {
    return sql.sql(SELECT + "WHERE number_hash = ?")
        .param(numberHash.toByteArray())
        .query((row, _) -> guard(row))
        .optional();
  }

  /** Locks the account of the number and the caller's own; returns the former. */
  Optional<Guard> lock(ByteString numberHash, Optional<AccountId> own) {
    List<Guard> locked =
        sql.sql(LOCK)
            .param("number", numberHash.toByteArray())
            .param("own", own.map(AccountIds::uuid).orElse(null))
            .query((row, _) -> guard(row))
            .list();
    return locked.stream().filter(guard -> guard.numberHash().equals(numberHash)).findFirst();
  }

  /** False if anybody else tried or changed the PIN since it was looked at. */
  boolean countFailure(Guard seen, Instant retryAt) {
    return sql.sql(
                """
                UPDATE account SET pin_failures = pin_failures + 1, pin_retry_at = :retryAt
                WHERE id = :id AND pin_hash = :hash AND pin_failures = :failures
                """)
            .param("retryAt", at(retryAt))
            .param("id", AccountIds.uuid(seen.account()))
            .param("hash", seen.pinHash().orElseThrow())
            .param("failures", seen.failures())
            .update()
        == 1;
  }

  void clearFailures(AccountId account, String pinHash) {
    sql.sql(
            "UPDATE account SET pin_failures = 0, pin_retry_at = NULL"
                + " WHERE id = ? AND pin_hash = ?")
        .params(AccountIds.uuid(account), pinHash)
        .update();
  }

  void setPin(AccountId account, String pinHash) {
    sql.sql("UPDATE account SET pin_hash = ?, pin_failures = 0, pin_retry_at = NULL WHERE id = ?")
        .params(pinHash, AccountIds.uuid(account))
        .update();
  }

  void removePin(AccountId account) {
    sql.sql(
            "UPDATE account SET pin_hash = NULL, pin_failures = 0, pin_retry_at = NULL"
                + " WHERE id = ?")
        .param(AccountIds.uuid(account))
        .update();
  }

  void seen(AccountId account, LocalDate day) {
    sql.sql("UPDATE account SET last_seen = ? WHERE id = ? AND last_seen < ?")
        .params(day, AccountIds.uuid(account), day)
        .update();
  }

  private static Guard guard(ResultSet row) throws SQLException {
    return new Guard(
        AccountIds.of(row.getObject("id", UUID.class)),
        ByteString.copyFrom(row.getBytes("number_hash")),
        Optional.ofNullable(row.getString("pin_hash")),
        row.getInt("pin_failures"),
        Optional.ofNullable(row.getObject("pin_retry_at", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant)
            .orElse(Instant.EPOCH),
        row.getObject("last_seen", LocalDate.class));
  }
}
