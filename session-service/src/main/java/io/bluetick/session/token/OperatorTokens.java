package io.bluetick.session.token;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.AdminActed;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Tokens that operators hand to their programs: {@code bta_} and 32 random bytes in base64url, of
 * which the table {@code operator_token} knows the hash. They open nothing by themselves but are
 * exchanged for access tokens, so a revoked one ends within minutes.
 */
@Service
class OperatorTokens {
  private static final Duration ACCESS_LIFETIME = Duration.ofMinutes(5);
  private static final String PREFIX = "bta_";
  private static final int SECRET_BYTES = 32;
  private static final int LISTED_LIMIT = 1000;

  private final JdbcClient sql;
  private final AccessTokens accessTokens;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  OperatorTokens(
      JdbcClient sql, AccessTokens accessTokens, ApplicationEventPublisher events, Clock clock) {
    this.sql = sql;
    this.accessTokens = accessTokens;
    this.events = events;
    this.clock = clock;
  }

  /** A token without its secret. */
  record Listed(
      UUID id,
      String name,
      OperatorRole role,
      String createdBy,
      Instant createdAt,
      Instant expiresAt,
      @Nullable Instant revokedAt) {}

  /** A new token; its text is known this once. */
  record Made(UUID id, String text, Instant expiresAt) {
    @Override
    public String toString() {
      return "Made[" + id + "]";
    }
  }

  @Transactional
  Made make(String actor, String name, OperatorRole role, Duration lifetime) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    UUID id = new UUID(random.nextLong(), random.nextLong());
    Instant now = clock.instant();
    Instant expiresAt = now.plus(lifetime);
    sql.sql(
            """
            INSERT INTO operator_token (id, name, role, hash, created_by, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            id,
            name,
            role.claim(),
            hash(text),
            actor,
            SigningKeyRows.utc(now),
            SigningKeyRows.utc(expiresAt))
        .update();
    events.publishEvent(
        new AdminActed(actor, "session.token.make", id.toString(), role.claim() + " " + name));
    return new Made(id, text, expiresAt);
  }

  /** The newest first. */
  List<Listed> list() {
    return sql.sql("SELECT * FROM operator_token ORDER BY created_at DESC, id LIMIT ?")
        .param(LISTED_LIMIT)
        .query((row, _) -> listed(row))
        .list();
  }

  /** What was revoked before stays so. */
  @Transactional
  void revoke(String actor, UUID id) {
    int changed =
        sql.sql("UPDATE operator_token SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?")
            .params(SigningKeyRows.utc(clock.instant()), id)
            .update();
    if (changed == 0) {
      throw new BluetickException(ErrorCode.NOT_FOUND, "There is no such token.");
    }
    events.publishEvent(new AdminActed(actor, "session.token.revoke", id.toString(), ""));
  }

  /** An access token of the same name and role. */
  AccessToken exchange(String text) {
    return sql.sql(
            """
            SELECT * FROM operator_token
            WHERE hash = ? AND revoked_at IS NULL AND expires_at > ?
            """)
        .params(hash(text), SigningKeyRows.utc(clock.instant()))
        .query((row, _) -> listed(row))
        .optional()
        .map(token -> accessTokens.ofOperator(token.name(), token.role(), ACCESS_LIFETIME))
        .orElseThrow(
            () -> new BluetickException(ErrorCode.UNAUTHENTICATED, "This token does not count."));
  }

  private static byte[] hash(String text) {
    return RefreshToken.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Listed listed(ResultSet row) throws SQLException {
    OffsetDateTime revokedAt = row.getObject("revoked_at", OffsetDateTime.class);
    return new Listed(
        row.getObject("id", UUID.class),
        row.getString("name"),
        OperatorRole.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
        row.getString("created_by"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        revokedAt == null ? null : revokedAt.toInstant());
  }
}
