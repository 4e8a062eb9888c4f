package io.bluetick.session.registration;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.registration.GuardTable.Guard;
import io.bluetick.session.secret.KeyedHash;
import io.bluetick.session.secret.MasterKey;
import io.bluetick.session.secret.SlowHash;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The PIN of an account. Who has its number needs it to take the account over, or to give the
 * number to another one.
 *
 * <h2>What it withstands</h2>
 *
 * Who got somebody's number, by a swapped SIM or because it was given out anew. Attempts are few:
 * each is counted before it is looked at, and the waits grow to a day. Who reads the database alone
 * learns nothing, because the PIN goes through a keyed hash before Argon2id.
 *
 * <h2>How long</h2>
 *
 * Until a week after the account was seen last. That is known by day; the day itself does not
 * count. Afterwards the number counts more than the PIN, and the take-over removes it.
 */
@Service
class RegistrationLock {
  private final GuardTable table;
  private final SlowHash slowHash;
  private final KeyedHash pepper;
  private final RegistrationLockSettings settings;
  private final Clock clock;

  RegistrationLock(
      GuardTable table,
      SlowHash slowHash,
      MasterKey key,
      RegistrationLockSettings settings,
      Clock clock) {
    this.table = table;
    this.slowHash = slowHash;
    this.pepper = key.hash("registration-pin");
    this.settings = settings;
    this.clock = clock;
  }

  /** What an attempt came to; to be shown when the account is taken. */
  sealed interface Pass {
    /** Nothing stood in the way. */
    record Free() implements Pass {}

    /** This PIN did, and it was known. */
    record Opened(String pinHash) implements Pass {}
  }

  /** How long the number's account is still guarded; empty if it is not. */
  Optional<Duration> guards(ByteString numberHash) {
    return table.find(numberHash).flatMap(this::remaining);
  }

  /**
   * Tries a PIN at the number's account. Throws {@code pin-required} with the time until the lock
   * ends, {@code wrong-pin} with the time until the next attempt, or {@code rate-limited} if that
   * is still to come.
   *
   * @param own whose account needs no PIN
   */
  Pass open(ByteString numberHash, Optional<AccountId> own, @Nullable String pin) {
    Optional<Guard> found = table.find(numberHash).filter(guard -> !isOf(guard, own));
    Optional<Duration> remaining = found.flatMap(this::remaining);
    if (found.isEmpty() || remaining.isEmpty()) {
      return new Pass.Free();
    }
    if (pin == null) {
      throw required(remaining.get());
    }
    return open(found.get(), pin);
  }

  private Pass open(Guard guard, String pin) {
    String pinHash = guard.pinHash().orElseThrow();
    try (SlowHash.Turn turn = slowHash.turn()) {
      Duration wait = count(guard);
      if (!turn.matches(peppered(guard.account(), pin), pinHash)) {
        throw new BluetickException(ErrorCode.WRONG_PIN, "This is not the PIN.", wait);
      }
    }
    table.clearFailures(guard.account(), pinHash);
    return new Pass.Opened(pinHash);
  }

  /** As a wrong one, until it turns out to be right: so attempts at the same time are no more. */
  private Duration count(Guard guard) {
    Instant now = clock.instant();
    Duration wait = settings.delayAfter(guard.failures() + 1);
    if (guard.retryAt().isAfter(now)) {
      throw tooEarly(now, guard.retryAt());
    }
    if (!table.countFailure(guard, now.plus(wait))) {
      throw tooEarly(now, now.plus(wait)); // Another attempt is under way, or just failed.
    }
    return wait;
  }

  /**
   * Locks the number's account, and the caller's own, for the rest of the transaction. Throws
   * {@code pin-required} if the pass is not for how it is guarded now. Empty if the number has no
   * account, or the caller's own.
   */
  Optional<Guard> enter(ByteString numberHash, Optional<AccountId> own, Pass pass) {
    Optional<Guard> found = table.lock(numberHash, own).filter(guard -> !isOf(guard, own));
    Optional<Duration> remaining = found.flatMap(this::remaining);
    if (found.isPresent() && remaining.isPresent() && !isFor(pass, found.get())) {
      throw required(remaining.get());
    }
    return found;
  }

  /**
   * The guarded account has changed hands in this transaction: a PIN that did not count any more
   * goes, and the new owner was seen today.
   */
  void passed(Guard guard) {
    if (remaining(guard).isEmpty()) {
      table.removePin(guard.account());
    }
    table.seen(guard.account(), today());
  }

  void set(AccountId account, String pin) {
    String hash;
    try (SlowHash.Turn turn = slowHash.turn()) {
      hash = turn.hash(peppered(account, pin));
    }
    table.setPin(account, hash);
    table.seen(account, today());
  }

  void remove(AccountId account) {
    table.removePin(account);
  }

  private Optional<Duration> remaining(Guard guard) {
    if (guard.pinHash().isEmpty()) {
      return Optional.empty();
    }
    Instant end =
        guard
            .lastSeen()
            .plusDays(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .plus(settings.holds());
    return Optional.of(Duration.between(clock.instant(), end)).filter(Duration::isPositive);
  }

  private String peppered(AccountId account, String pin) {
    byte[] input = (account + ":" + pin).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(pepper.of(input));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static boolean isOf(Guard guard, Optional<AccountId> own) {
    return own.filter(guard.account()::equals).isPresent();
  }

  private static boolean isFor(Pass pass, Guard guard) {
    return switch (pass) {
      case Pass.Free() -> false;
      case Pass.Opened(String pinHash) -> guard.pinHash().filter(pinHash::equals).isPresent();
    };
  }

  private static BluetickException required(Duration remaining) {
    return new BluetickException(
        ErrorCode.PIN_REQUIRED,
        "This number's account is guarded by a PIN. It counts no more when this time has passed.",
        remaining);
  }

  private static BluetickException tooEarly(Instant now, Instant due) {
    return Refusals.tooEarly("Wait before the next attempt at the PIN.", now, due);
  }
}
