package io.bluetick.session.registration;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.AccountView;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.number.NumberVault;
import io.bluetick.session.number.PhoneNumber;
import io.bluetick.session.registration.Verification.Guess;
import io.bluetick.session.registration.Verification.Reserved;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sessions in which somebody proves to have a phone number.
 *
 * <p>What is counted is written before anything depends on it, in a transaction of its own: a
 * request that fails afterwards has cost its attempt all the same. Until a number is verified
 * nothing here looks at accounts, so nothing can tell whether it has one.
 */
@Service
class Verifications {
  private final VerificationTable table;
  private final NumberTable numbers;
  private final VerificationHashes hashes;
  private final NumberVault vault;
  private final Accounts accounts;
  private final TransactionTemplate transaction;
  private final Rules rules;
  private final SecureRandom random = new SecureRandom();

  /** What time it is, and what is allowed. */
  record Rules(Clock clock, VerificationSettings settings) {}

  Verifications(
      VerificationTable table,
      NumberTable numbers,
      VerificationHashes hashes,
      NumberVault vault,
      Accounts accounts,
      TransactionTemplate transaction,
      Rules rules) {
    this.table = table;
    this.numbers = numbers;
    this.hashes = hashes;
    this.vault = vault;
    this.accounts = accounts;
    this.transaction = transaction;
    this.rules = rules;
  }

  /** A session of this id. */
  record Named(VerificationId id, Verification verification) {}

  /**
   * A code that is about to be sent.
   *
   * @param count where it is counted for its number
   */
  record Sending(Verification verification, long count) {}

  Named begin(PhoneNumber number) {
    VerificationId id = VerificationId.random(random);
    Verification begun =
        Verification.begin(
            hashes.of(id), vault.hash(number), vault.seal(number), now(), settings().lives());
    table.insert(begun);
    return new Named(id, begun);
  }

  /** Throws {@code expired} if it is gone, or never was. */
  Named find(String session) {
    VerificationId id = id(session);
    return new Named(id, alive(table.find(hashes.of(id))));
  }

  /**
   * Counts a code and makes it the one that counts. Throws {@code rate-limited} if it is too early
   * for another, {@code expired} if there are no more.
   *
   * @param digits of the code
   */
  Sending sending(Named named, String digits) {
    return transaction.execute(_ -> {
      Verification row = lock(named);
      Instant now = now();
      if (row.isVerified()) {
        throw new BluetickException(ErrorCode.CONFLICT, "This number is verified already.");
      }
      if (row.codesLeft(settings()) == 0) {
        throw new BluetickException(
            ErrorCode.EXPIRED, "This session has no more codes; begin another.");
      }
      if (now.isBefore(row.codes().nextAt())) {
        throw Refusals.tooEarly("The next code is not due yet.", now, row.codes().nextAt());
      }
      Optional<Instant> due = numbers.nextCodeAt(row.numberHash(), now);
      if (due.isPresent()) {
        throw Refusals.tooEarly("This number has got enough codes for now.", now, due.get());
      }
      Verification after = row.sending(hashes.of(named.id(), digits), now, settings());
      table.update(after);
      return new Sending(after, numbers.count(row.numberHash(), now));
    });
  }

  /** Takes a code back that was counted. */
  void notSent(Sending sending) {
    transaction.executeWithoutResult(_ -> {
      numbers.lock(sending.verification().numberHash());
      numbers.countFailure(sending.count());
      table
          .lock(sending.verification().key())
          .ifPresent(row -> table.update(row.notSent(now(), settings())));
    });
  }

  /**
   * Holds a code to the session's. Throws {@code wrong-code}, or {@code rate-limited} if it is too
   * early after a wrong one.
   */
  Verification verify(Named named, String digits) {
    Instant now = now();
    Guess guess = transaction.execute(_ -> guess(lock(named), hashes.of(named.id(), digits), now));
    return switch (guess) {
      case Guess.Right(Verification verified) -> verified;
      case Guess.Wrong(Verification after, _) when after.isExpired(now) ->
          throw new BluetickException(
              ErrorCode.EXPIRED, "Too many wrong codes; begin another session.");
      case Guess.Wrong(_, var wait) ->
          throw new BluetickException(ErrorCode.WRONG_CODE, "This is not the code.", wait);
      case Guess.TooEarly(var wait) ->
          throw new BluetickException(ErrorCode.RATE_LIMITED, "Wait before the next guess.", wait);
      case Guess.NoCode() ->
          throw new BluetickException(ErrorCode.CONFLICT, "No code counts now; ask for one.");
    };
  }

  private Guess guess(Verification row, ByteString hash, Instant now) {
    Guess guess = row.guess(hash, now, settings());
    return switch (guess) {
      case Guess.Right(Verification right) -> {
        Verification verified = right.verified(reserve(right), now, settings());
        table.update(verified);
        yield new Guess.Right(verified);
      }
      case Guess.Wrong(Verification after, _) -> {
        table.update(after);
        yield guess;
      }
      case Guess.TooEarly _, Guess.NoCode _ -> guess;
    };
  }

  /** The account that the number has now; a fresh id stays the same while it has none. */
  private Reserved reserve(Verification row) {
    Optional<AccountView> known = accounts.byNumber(number(row));
    if (known.isPresent()) {
      return new Reserved(known.get().id(), true);
    }
    Reserved before = row.reserved();
    return before != null && !before.isKnown()
        ? before
        : new Reserved(AccountId.random(random), false);
  }

  /** Throws {@code conflict} unless it is verified. */
  Named findVerified(String session) {
    Named named = find(session);
    reserved(named.verification());
    return named;
  }

  /**
   * Uses a verified session up, together with what the caller's transaction does for it. Nobody
   * else does anything for the number until that transaction ends.
   */
  Verification use(Named named) {
    Verification row = lock(named);
    reserved(row);
    table.delete(row.key());
    return row;
  }

  PhoneNumber number(Verification row) {
    return vault.open(row.numberSealed(), row.numberHash());
  }

  static Reserved reserved(Verification row) {
    Reserved reserved = row.reserved();
    if (reserved == null) {
      throw new BluetickException(ErrorCode.CONFLICT, "This session's number is not verified yet.");
    }
    return reserved;
  }

  private Verification lock(Named named) {
    numbers.lock(named.verification().numberHash());
    return alive(table.lock(named.verification().key()));
  }

  private Verification alive(Optional<Verification> row) {
    return row.filter(found -> !found.isExpired(now())).orElseThrow(Verifications::expired);
  }

  private static VerificationId id(String session) {
    return VerificationId.parse(session).orElseThrow(Verifications::expired);
  }

  private static BluetickException expired() {
    return new BluetickException(
        ErrorCode.EXPIRED, "This session has ended, or there was none; begin another.");
  }

  private Instant now() {
    return rules.clock().instant();
  }

  private VerificationSettings settings() {
    return rules.settings();
  }
}
