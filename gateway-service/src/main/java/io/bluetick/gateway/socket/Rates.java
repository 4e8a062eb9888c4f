package io.bluetick.gateway.socket;

import io.bluetick.protocol.ErrorCode;
import java.time.Duration;

/**
 * How much a device may say: so many frames per connection, and so many sends for all of its
 * account's connections here. Who goes on while limited is cut off.
 */
final class Rates {
  /** Stands for "soon" when it is not this connection that is over its limit. */
  private static final Duration ACCOUNT_RETRY = Duration.ofSeconds(1);

  private final TokenBucket connection;
  private final AccountRates accounts;

  Rates(SocketSettings settings) {
    connection = new TokenBucket(settings.connectionRate(), settings.connectionBurst());
    accounts = new AccountRates(new TokenBucket(settings.accountRate(), settings.accountBurst()));
  }

  boolean take(Session session, long nowMs) {
    long after = connection.take(session.bucket, nowMs);
    if (after == TokenBucket.NONE) {
      return false;
    }
    session.bucket = after;
    session.strikes = 0;
    return true;
  }

  void takeForAccount(Session session, long nowMs) {
    if (!accounts.take(session.device.account(), nowMs)) {
      throw strike(session, ACCOUNT_RETRY);
    }
  }

  Refusal limited(Session session, long nowMs) {
    return strike(session, connection.retryAfter(session.bucket, nowMs));
  }

  Duration retryAfter(Session session, long nowMs) {
    return connection.retryAfter(session.bucket, nowMs);
  }

  void forgetFull(long nowMs) {
    accounts.forgetFull(nowMs);
  }

  /** A device may have as much under way as its burst when it learns that it is limited. */
  private Refusal strike(Session session, Duration retryAfter) {
    if (++session.strikes > connection.burst()) {
      throw new Violation(ErrorCode.RATE_LIMITED);
    }
    return Refusal.forNow(ErrorCode.RATE_LIMITED, retryAfter);
  }
}
