package io.bluetick.session.token;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.AdminActed;
import io.bluetick.session.limit.Limit;
import io.bluetick.session.limit.Limits;
import io.bluetick.session.secret.SlowHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Logs in the one admin who has a password. */
@Component
class BootstrapAdmin {
  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final int NAME_HASH_BYTES = 16;

  /** Of a password that nobody knows: without an admin, the work is the same as with one. */
  private static final String NOBODYS =
      "$argon2id$v=19$m=16384,t=2,p=1$PqWJ0p2Cj1sQm8b0e1dY0Q"
          + "$0m3xk1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9A";

  private final BootstrapSettings settings;
  private final SlowHash slowHash;
  private final AccessTokens accessTokens;
  private final Limits limits;
  private final ApplicationEventPublisher events;
  private final TransactionTemplate transactions;
  private @Nullable String hashOfFile;

  BootstrapAdmin(
      BootstrapSettings settings,
      SlowHash slowHash,
      AccessTokens accessTokens,
      Limits limits,
      ApplicationEventPublisher events,
      PlatformTransactionManager transactions) {
    this.settings = settings;
    this.slowHash = slowHash;
    this.accessTokens = accessTokens;
    this.limits = limits;
    this.events = events;
    this.transactions = new TransactionTemplate(transactions);
  }

  /** The same answer, after the same time, whatever is wrong. */
  AccessToken login(String name, String password) {
    limits.take(Limit.ADMIN_LOGINS, hashed(name));
    limits.take(Limit.ADMIN_LOGINS_IN_ALL, "all");
    boolean known = settings.exists() && settings.name().equals(name);
    boolean right = isRight(password);
    if (!known || !right) {
      throw new BluetickException(ErrorCode.UNAUTHENTICATED, "No such name with this password.");
    }
    transactions.executeWithoutResult(
        _ -> events.publishEvent(new AdminActed(name, "session.login", name, "")));
    return accessTokens.ofOperator(name, OperatorRole.ADMIN, LIFETIME);
  }

  private boolean isRight(String password) {
    try (SlowHash.Turn turn = slowHash.turn()) {
      return turn.matches(password, settings.exists() ? hash(turn) : NOBODYS);
    }
  }

  private synchronized String hash(SlowHash.Turn turn) {
    if (!settings.passwordHash().isEmpty()) {
      return settings.passwordHash();
    }
    String hash = hashOfFile;
    if (hash == null) {
      hash = turn.hash(read(Path.of(settings.passwordFile())));
      hashOfFile = hash;
    }
    return hash;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A name is whatever a stranger sends, of any length. */
  private static String hashed(String name) {
    byte[] hash = RefreshToken.sha256(name.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, NAME_HASH_BYTES);
  }
}
