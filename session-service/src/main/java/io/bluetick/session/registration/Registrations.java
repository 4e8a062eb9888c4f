package io.bluetick.session.registration;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.NewDevice;
import io.bluetick.session.account.Registered;
import io.bluetick.session.key.KeySet;
import io.bluetick.session.key.Keys;
import io.bluetick.session.limit.Limit;
import io.bluetick.session.limit.Limits;
import io.bluetick.session.registration.GuardTable.Guard;
import io.bluetick.session.registration.RegistrationLock.Pass;
import io.bluetick.session.registration.Verification.Reserved;
import io.bluetick.session.registration.Verifications.Named;
import io.bluetick.session.secret.XEdDsa;
import io.bluetick.session.token.RefreshTokens;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a verified number is good for. The PIN is tried first, in transactions of its own; then one
 * transaction uses the session up and does all the rest, or nothing.
 */
@Service
class Registrations {
  private final Verifications verifications;
  private final RegistrationLock lock;
  private final Accounts accounts;
  private final Keys keys;
  private final RefreshTokens tokens;
  private final Limits limits;
  private final TransactionTemplate transaction;

  Registrations(
      Verifications verifications,
      RegistrationLock lock,
      Accounts accounts,
      Keys keys,
      RefreshTokens tokens,
      Limits limits,
      TransactionTemplate transaction) {
    this.verifications = verifications;
    this.lock = lock;
    this.accounts = accounts;
    this.keys = keys;
    this.tokens = tokens;
    this.limits = limits;
    this.transaction = transaction;
  }

  /**
   * A device that wants to be the primary of a number's account.
   *
   * @param list that it has signed, with itself alone
   */
  record Candidate(NewDevice device, KeySet keys, SignedDeviceList list) {

    /** Throws {@code invalid} or {@code bad-signature} unless the keys are such, and signed. */
    void verify() {
      if (!XEdDsa.isPublicKey(device.identityKey().toByteArray())) {
        throw new BluetickException(ErrorCode.INVALID, "'identityKey' is no Curve25519 key.");
      }
      keys.verify(device.identityKey());
    }
  }

  /** The device, and the token that it comes back with. It does not print itself. */
  record Welcome(Registered registered, String refreshToken) {
    @Override
    public String toString() {
      return "Welcome";
    }
  }

  Welcome register(String session, Candidate candidate, @Nullable String pin) {
    Named named = verifications.findVerified(session);
    ByteString number = named.verification().numberHash();
    limits.take(Limit.REGISTRATIONS, HexFormat.of().formatHex(number.toByteArray()));
    candidate.verify();
    Pass pass = lock.open(number, Optional.empty(), pin);
    return transaction.execute(_ -> register(named, candidate, pass));
  }

  private Welcome register(Named named, Candidate candidate, Pass pass) {
    Verification row = verifications.use(named);
    Reserved reserved = Verifications.reserved(row);
    Optional<Guard> present = lock.enter(row.numberHash(), Optional.empty(), pass);
    requireSame(reserved, present);
    AccountId id = reserved.account();
    Registered registered =
        accounts.register(id, verifications.number(row), candidate.device(), candidate.list());
    keys.store(id, registered.device(), candidate.keys());
    String token = tokens.issue(id, registered.device(), registered.registration());
    present.ifPresent(lock::passed);
    return new Welcome(registered, token);
  }

  /** Gives the verified number to the caller's account. */
  void changeNumber(AccountId account, String session, @Nullable String pin) {
    Named named = verifications.findVerified(session);
    limits.take(Limit.NUMBER_CHANGES, account.toString());
    Optional<AccountId> own = Optional.of(account);
    Pass pass = lock.open(named.verification().numberHash(), own, pin);
    transaction.executeWithoutResult(_ -> {
      Verification row = verifications.use(named);
      lock.enter(row.numberHash(), own, pass);
      accounts.changeNumber(account, verifications.number(row));
    });
  }

  /** The id of an account that went does not come back, and a new one does not displace another. */
  private static void requireSame(Reserved reserved, Optional<Guard> present) {
    boolean isSame =
        reserved.isKnown()
            ? present.filter(guard -> guard.account().equals(reserved.account())).isPresent()
            : present.isEmpty();
    if (!isSame) {
      throw new BluetickException(
          ErrorCode.CONFLICT, "The number's account has changed meanwhile; verify it again.");
    }
  }
}
