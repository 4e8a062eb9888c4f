package io.bluetick.session.registration;

import static io.bluetick.session.registration.VerificationTable.at;

import com.google.protobuf.ByteString;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What is known of a number whoever asks: the codes of its last day (the table {@code
 * verification_code}), and a lock that puts in order all that gives it an account.
 */
@Component
class NumberTable {
  static final Duration DAY = Duration.ofHours(24);

  /** Both counts, and when the oldest of each kind falls out of the day. */
  private static final String COUNT =
      """
      SELECT count(*) FILTER (WHERE NOT failed) AS sent,
             count(*) FILTER (WHERE failed) AS failed,
             min(at) FILTER (WHERE NOT failed) AS first_sent,
             min(at) FILTER (WHERE failed) AS first_failed
      FROM verification_code WHERE number_hash = :number AND at > :since
      """;

  private static final String DELETE_OLD =
      """
      DELETE FROM verification_code WHERE id IN (
        SELECT id FROM verification_code WHERE at <= :since
        ORDER BY at LIMIT :batch FOR UPDATE SKIP LOCKED)
      """;

  private final JdbcClient sql;
  private final VerificationSettings.Codes settings;

  NumberTable(JdbcClient sql, VerificationSettings settings) {
    this.sql = sql;
    this.settings = settings.codes();
  }

  /** Of the codes of a day. */
  private record Counts(
      int sent, int failed, Optional<Instant> firstSent, Optional<Instant> firstFailed) {}

  /**
   * Nobody else gets a code, registers or changes to this number until the transaction ends. Taken
   * before any row is locked. By the first 8 bytes of a keyed hash: two numbers that share them
   * wait for each other, and that is all.
   */
  void lock(ByteString numberHash) {
    sql.sql("SELECT pg_advisory_xact_lock(:number)")
        .param("number", numberHash.asReadOnlyByteBuffer().getLong())
        .query(row -> {});
  }

  /** When the number may have its next code; empty if that is now. */
  Optional<Instant> nextCodeAt(ByteString numberHash, Instant now) {
    Counts counts =
        sql.sql(COUNT)
            .param("number", numberHash.toByteArray())
            .param("since", at(now.minus(DAY)))
            .query((row, _) ->
                new Counts(
                    row.getInt("sent"),
                    row.getInt("failed"),
                    time(row, "first_sent"),
                    time(row, "first_failed")))
            .single();
    if (counts.sent() >= settings.perDay()) {
      return counts.firstSent().map(first -> first.plus(DAY));
    }
    if (counts.failed() >= settings.failuresPerDay()) {
      return counts.firstFailed().map(first -> first.plus(DAY));
    }
    return Optional.empty();
  }

  /** Returns the id of what was counted. */
  long count(ByteString numberHash, Instant now) {
    return sql.sql(
            "INSERT INTO verification_code (number_hash, at, failed) VALUES (?, ?, false)"
                + " RETURNING id")
        .params(numberHash.toByteArray(), at(now))
        .query(Long.class)
        .single();
  }

  /** What was counted was no code. */
  void countFailure(long id) {
    sql.sql("UPDATE verification_code SET failed = true WHERE id = ?").param(id).update();
  }

  /** Returns how many; fewer than the batch when none are left. */
  int deleteOld(Instant now, int batch) {
    return sql.sql(DELETE_OLD).param("since", at(now.minus(DAY))).param("batch", batch).update();
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
