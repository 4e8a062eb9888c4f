package io.bluetick.session.token;

import io.bluetick.session.secret.MasterKey;
import io.bluetick.session.secret.Seal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The table {@code signing_key}. */
class SigningKeyRows {
  private static final Logger log = LoggerFactory.getLogger(SigningKeyRows.class);

  /** Longer than any access token lasts, with what clocks may differ by. */
  private static final Duration GRACE = Duration.ofHours(2);

  /** Of PostgreSQL's advisory locks, of which this database has no other user. */
  private static final long LOCK = 0x7369676e6b6579L;

  private static final int KID_BYTES = 6;

  private final JdbcClient sql;
  private final TransactionOperations transactions;
  private final Seal seal;
  private final TokenSettings settings;
  private final SecureRandom random = new SecureRandom();

  SigningKeyRows(
      JdbcClient sql,
      TransactionOperations transactions,
      MasterKey masterKey,
      TokenSettings settings) {
    this.sql = sql;
    this.transactions = transactions;
    this.seal = masterKey.seal("signing-key");
    this.settings = settings;
  }

  /** All that have not expired, the one that signs last, or will, first. */
  List<SigningKey> load(Instant now) {
    return sql.sql(
            """
            SELECT kid, private_sealed, active_from FROM signing_key
            WHERE expires_at IS NULL OR expires_at > ? ORDER BY active_from DESC
            """)
        .param(utc(now))
        .query((row, _) -> key(row))
        .list();
  }

  /**
   * Makes the next key if it is time to announce it. Instances that try at once do so one after the
   * other, and only the first finds something to do.
   */
  void rotate(Instant now) {
    transactions.executeWithoutResult(_ -> {
      sql.sql("SELECT pg_advisory_xact_lock(?)").param(LOCK).query(_ -> {});
      Optional<Instant> newest =
          sql.sql("SELECT active_from FROM signing_key ORDER BY active_from DESC LIMIT 1")
              .query((row, _) -> instant(row))
              .optional();
      if (newest.isEmpty()) {
        insert(now);
      } else if (!now.isBefore(newest.get().plus(settings.keyRotation()).minus(notice()))) {
        succeed(newest.get(), now);
      }
    });
  }

  private void succeed(Instant newest, Instant now) {
    Instant planned = newest.plus(settings.keyRotation());
    Instant soonest = now.plus(notice());
    Instant takesOver = planned.isAfter(soonest) ? planned : soonest;
    sql.sql("UPDATE signing_key SET expires_at = ? WHERE expires_at IS NULL")
        .param(utc(takesOver.plus(GRACE)))
        .update();
    sql.sql("DELETE FROM signing_key WHERE expires_at < ?").param(utc(now)).update();
    insert(takesOver);
  }

  private void insert(Instant activeFrom) {
    byte[] id = new byte[KID_BYTES];
    random.nextBytes(id);
    String kid = HexFormat.of().formatHex(id);
    Ed25519PrivateKeyParameters pair = new Ed25519PrivateKeyParameters(random);
    sql.sql(
            """
            INSERT INTO signing_key (kid, public_key, private_sealed, active_from)
            VALUES (?, ?, ?, ?)
            """)
        .params(
            kid,
            pair.generatePublicKey().getEncoded(),
            seal.seal(pair.getEncoded(), context(kid)),
            utc(activeFrom))
        .update();
    log.atInfo().addKeyValue("kid", kid).addKeyValue("from", activeFrom).log("signing_key_made");
  }

  private SigningKey key(ResultSet row) throws SQLException {
    String kid = row.getString("kid");
    byte[] opened = seal.open(row.getBytes("private_sealed"), context(kid));
    return new SigningKey(kid, new Ed25519PrivateKeyParameters(opened), instant(row));
  }

  private Duration notice() {
    return settings.keyNotice();
  }

  private static Instant instant(ResultSet row) throws SQLException {
    return row.getObject("active_from", OffsetDateTime.class).toInstant();
  }

  private static byte[] context(String kid) {
    return kid.getBytes(StandardCharsets.UTF_8);
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
