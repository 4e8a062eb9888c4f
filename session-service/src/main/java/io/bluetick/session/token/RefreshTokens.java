package io.bluetick.session.token;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.session.account.Caller;
import io.bluetick.session.token.RefreshTokenRows.State;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * By which a device stays logged in. Each is used once and answered by the next; the one before
 * counts as well until the next is used, because the answer may have been lost. Anything older was
 * copied, by whoever shows it or whoever used it first: nobody can tell the two apart, so all
 * tokens of the device end, and it must prove its identity key.
 */
@Service
public class RefreshTokens {
  private static final Logger log = LoggerFactory.getLogger(RefreshTokens.class);

  private final RefreshTokenRows rows;
  private final Clock clock;
  private final Duration idle;
  private final MeterRegistry meters;
  private final TransactionTemplate apart;
  private final SecureRandom random = new SecureRandom();

  RefreshTokens(
      RefreshTokenRows rows,
      Clock clock,
      TokenSettings settings,
      MeterRegistry meters,
      PlatformTransactionManager transactions) {
    this.rows = rows;
    this.clock = clock;
    this.idle = settings.refreshIdle();
    this.meters = meters;
    this.apart = new TransactionTemplate(transactions);
    apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** Who refreshed, and the token to show next time. */
  record Refreshed(Caller device, String next) {
    @Override
    public String toString() {
      return "Refreshed[" + device + "]";
    }
  }

  /**
   * The first token of a new family, in place of whatever the device had. Within the caller's
   * transaction, in which the device itself may still have to be written.
   */
  public String issue(AccountId account, int device, int registration) {
    RefreshToken token = RefreshToken.firstOfFamily(random);
    rows.issue(new Caller(account, device, registration), token, clock.instant());
    return token.text();
  }

  /** Logs a device out; done already if it has no token. */
  public void revoke(AccountId account, int device) {
    rows.delete(account, device);
  }

  /** Throws what the caller must be told if the token does not count. */
  Refreshed refresh(RefreshToken shown) {
    Instant now = clock.instant();
    Instant idleSince = now.minus(idle);
    RefreshToken next = shown.next(random);
    Optional<Caller> device = rows.rotate(shown, next, now, idleSince);
    if (device.isEmpty()) {
      throw refused(shown, now, idleSince);
    }
    count("ok");
    return new Refreshed(device.get(), next.text());
  }

  private BluetickException refused(RefreshToken shown, Instant now, Instant idleSince) {
    Optional<State> state = rows.state(shown, idleSince);
    if (state.isEmpty()) {
      return unknown();
    }
    if (state.get().revoked() || state.get().reused()) {
      if (!state.get().revoked()) {
        apart.executeWithoutResult(_ -> rows.revoke(shown, now));
        log.atWarn().addKeyValue("family", shown.family()).log("refresh_token_reused");
      }
      count("reused");
      return new BluetickException(
          ErrorCode.TOKEN_REUSED,
          "This token was used before: all tokens of this device have ended.");
    }
    if (state.get().suspended()) {
      count("suspended");
      return new BluetickException(ErrorCode.SUSPENDED, "This account is suspended.");
    }
    if (state.get().expired()) {
      count("expired");
      return new BluetickException(ErrorCode.EXPIRED, "This token was not used for too long.");
    }
    return unknown(); // Its device has gone this very moment.
  }

  BluetickException unknown() {
    count("unknown");
    return new BluetickException(ErrorCode.UNAUTHENTICATED, "This refresh token is not known.");
  }

  private void count(String result) {
    meters.counter("bluetick.tokens.refreshes", "result", result).increment();
  }
}
