package io.bluetick.session.registration;

import com.google.protobuf.ByteString;
import io.bluetick.session.account.AccountIds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code verification}. */
@Component
class VerificationTable {
  private static final String COLUMNS =
      """
      (id, number_hash, number_sealed, codes, failed_codes, next_code_at, code_hash, wrong_of_code,
       wrong, next_guess_at, account, account_is_known, expires_at)
      """;
  private static final String VALUES =
      """
      (:id, :numberHash, :numberSealed, :codes, :failedCodes, :nextCodeAt, CAST(:codeHash AS bytea),
       :wrongOfCode, :wrong, :nextGuessAt, CAST(:account AS uuid), CAST(:isKnown AS boolean),
       :expiresAt)
      """;
  private static final String DELETE_EXPIRED =
      """
      DELETE FROM verification WHERE id IN (
        SELECT id FROM verification WHERE expires_at <= :now
        ORDER BY expires_at LIMIT :batch FOR UPDATE SKIP LOCKED)
      """;

  private final JdbcClient sql;

  VerificationTable(JdbcClient sql) {
    this.sql = sql;
  }

  Optional<Verification> find(ByteString key) {
    return select(key, "");
  }

  /** Nobody else changes it until the transaction ends. */
  Optional<Verification> lock(ByteString key) {
    return select(key, " FOR UPDATE");
  }

  void insert(Verification row) {
    bound("INSERT INTO verification " + COLUMNS + " VALUES " + VALUES, row).update();
  }

  void update(Verification row) {
    bound("UPDATE verification SET " + COLUMNS + " = " + VALUES + " WHERE id = :id", row).update();
  }

  void delete(ByteString key) {
    sql.sql("DELETE FROM verification WHERE id = :id").param("id", key.toByteArray()).update();
  }

  /** Returns how many; fewer than the batch when none are left. */
  int deleteExpired(Instant now, int batch) {
    return sql.sql(DELETE_EXPIRED).param("now", at(now)).param("batch", batch).update();
  }

  static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private Optional<Verification> select(ByteString key, String lock) {
    return sql.sql("SELECT * FROM verification WHERE id = :id" + lock)
        .param("id", key.toByteArray())
        .query((row, _) -> verification(row))
        .optional();
  }

  private JdbcClient.StatementSpec bound(String statement, Verification row) {
    ByteString codeHash = row.codes().hash();
    Verification.Reserved reserved = row.reserved();
    return sql.sql(statement)
        .param("id", row.key().toByteArray())
        .param("numberHash", row.numberHash().toByteArray())
        .param("numberSealed", row.numberSealed().toByteArray())
        .param("codes", row.codes().sent())
        .param("failedCodes", row.codes().failed())
        .param("nextCodeAt", at(row.codes().nextAt()))
        .param("codeHash", codeHash == null ? null : codeHash.toByteArray())
        .param("wrongOfCode", row.guesses().wrongOfCode())
        .param("wrong", row.guesses().wrong())
        .param("nextGuessAt", at(row.guesses().nextAt()))
        .param("account", reserved == null ? null : AccountIds.uuid(reserved.account()))
        .param("isKnown", reserved == null ? null : reserved.isKnown())
        .param("expiresAt", at(row.expiresAt()));
  }

  private static Verification verification(ResultSet row) throws SQLException {
    return new Verification(
        bytes(row, "id"),
        bytes(row, "number_hash"),
        bytes(row, "number_sealed"),
        new Verification.Codes(
            row.getInt("codes"),
            row.getInt("failed_codes"),
            instant(row, "next_code_at"),
            row.getBytes("code_hash") == null ? null : bytes(row, "code_hash")),
        new Verification.Guesses(
            row.getInt("wrong_of_code"), row.getInt("wrong"), instant(row, "next_guess_at")),
        reserved(row),
        instant(row, "expires_at"));
  }

  private static Verification.@Nullable Reserved reserved(ResultSet row) throws SQLException {
    UUID account = row.getObject("account", UUID.class);
    return account == null
        ? null
        : new Verification.Reserved(AccountIds.of(account), row.getBoolean("account_is_known"));
  }

  private static ByteString bytes(ResultSet row, String column) throws SQLException {
    return ByteString.copyFrom(row.getBytes(column));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
