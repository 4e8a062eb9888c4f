package io.bluetick.session.registration;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code verification}, and what may be done with it. It decides; who asks has locked the
 * row, and writes what comes out.
 *
 * @param key by which the row is found: a keyed hash of the session's id
 * @param reserved whose account it is; null until verified
 */
record Verification(
    ByteString key,
    ByteString numberHash,
    ByteString numberSealed,
    Codes codes,
    Guesses guesses,
    @Nullable Reserved reserved,
    Instant expiresAt) {

  /**
   * The codes of a session.
   *
   * @param hash keyed, of the one that counts; null if none does
   */
  record Codes(int sent, int failed, Instant nextAt, @Nullable ByteString hash) {}

  /** The wrong guesses of a session. */
  record Guesses(int wrongOfCode, int wrong, Instant nextAt) {}

  /**
   * The id of the account.
   *
   * @param isKnown whether the number had an account when it was verified
   */
  record Reserved(AccountId account, boolean isKnown) {}

  /** What a guess comes to. */
  sealed interface Guess {
    /** It is the code. */
    record Right(Verification after) implements Guess {}

    /**
     * It is not.
     *
     * @param delay before the next
     */
    record Wrong(Verification after, Duration delay) implements Guess {}

    /** It was not looked at. */
    record TooEarly(Duration delay) implements Guess {}

    /** None was sent, or the last one was guessed at too often. */
    record NoCode() implements Guess {}
  }

  static Verification begin(
      ByteString key, ByteString numberHash, ByteString numberSealed, Instant now, Duration lives) {
    return new Verification(
        key,
        numberHash,
        numberSealed,
        new Codes(0, 0, now, null),
        new Guesses(0, 0, now),
        null,
        now.plus(lives));
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  boolean isVerified() {
    return reserved != null;
  }

  int codesLeft(VerificationSettings settings) {
    return Math.max(0, settings.codes().perSession() - codes.sent());
  }

  /** A code is on its way: it replaces the one before, and the session lives on for it. */
  Verification sending(ByteString hash, Instant now, VerificationSettings settings) {
    int sent = codes.sent() + 1;
    Duration delay =
        sent < settings.codes().perSession()
            ? settings.codes().delays().get(sent)
            : settings.lives();
    return with(
        new Codes(sent, codes.failed(), now.plus(delay), hash),
        new Guesses(0, guesses.wrong(), guesses.nextAt()),
        now.plus(settings.lives()));
  }

  /**
   * The code could not be sent, so it is none of the caller's; too many of those end the session.
   */
  Verification notSent(Instant now, VerificationSettings settings) {
    int failed = codes.failed() + 1;
    boolean isVoid = failed >= settings.codes().failures();
    return with(
        new Codes(
            codes.sent() - 1, failed, now.plus(settings.codes().afterFailure()), codes.hash()),
        guesses,
        isVoid ? now : expiresAt);
  }

  /** Whether the guess is the code, and what remains. */
  Guess guess(ByteString hash, Instant now, VerificationSettings settings) {
    ByteString expected = codes.hash();
    if (expected == null) {
      return new Guess.NoCode();
    }
    if (now.isBefore(guesses.nextAt())) {
      return new Guess.TooEarly(Duration.between(now, guesses.nextAt()));
    }
    if (MessageDigest.isEqual(expected.toByteArray(), hash.toByteArray())) {
      return new Guess.Right(this);
    }
    VerificationSettings.Guesses limits = settings.guesses();
    Guesses next = new Guesses(guesses.wrongOfCode() + 1, guesses.wrong() + 1, now);
    Duration wait = limits.delayAfter(next.wrong());
    Codes left =
        next.wrongOfCode() < limits.perCode()
            ? codes
            : new Codes(codes.sent(), codes.failed(), codes.nextAt(), null);
    boolean isVoid = next.wrong() >= limits.perSession();
    Verification after =
        with(
            left,
            new Guesses(next.wrongOfCode(), next.wrong(), now.plus(wait)),
            isVoid ? now : expiresAt);
    return new Guess.Wrong(after, wait);
  }

  /** It stays usable for a while from when it was verified first. */
  Verification verified(Reserved account, Instant now, VerificationSettings settings) {
    return new Verification(
        key,
        numberHash,
        numberSealed,
        codes,
        guesses,
        account,
        isVerified() ? expiresAt : now.plus(settings.usable()));
  }

  private Verification with(Codes newCodes, Guesses newGuesses, Instant newExpiry) {
    return new Verification(
        key, numberHash, numberSealed, newCodes, newGuesses, reserved, newExpiry);
  }
}
