package io.bluetick.gateway.socket;

import io.bluetick.protocol.ErrorCode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much a device may say: so many frames per connection, and so many sends for all of its
 * account's connections here. Who goes on while its connection is limited is cut off.
 */
final class Rates {
  /** Stands for "soon" when it is not this connection that is over its limit. */
  private static final Duration ACCOUNT_RETRY = Duration.ofSeconds(1);

  private final TokenBucket connection;
  private final AccountRates accounts;
  private final LongSupplier nowMs;

  /** By a clock that is never set: one that is would empty or fill every bucket. */
  Rates(SocketSettings settings) {
    this(settings, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  Rates(SocketSettings settings, LongSupplier nowMs) {
    connection = new TokenBucket(settings.connectionRate(), settings.connectionBurst());
    accounts = new AccountRates(new TokenBucket(settings.accountRate(), settings.accountBurst()));
    this.nowMs = nowMs;
  }

  boolean take(Session session) {
    long after = connection.take(session.bucket, nowMs.getAsLong());
    if (after == TokenBucket.NONE) {
      return false;
    }
    session.bucket = after;
    session.strikes = 0;
    return true;
  }

  void takeForAccount(Session session) {
    if (!accounts.take(session.device.account(), nowMs.getAsLong())) {
      throw Refusal.forNow(ErrorCode.RATE_LIMITED, ACCOUNT_RETRY);
    }
  }

  /** A device may have as much under way as its burst when it learns that it is limited. */
  Refusal limited(Session session) {
    if (++session.strikes > connection.burst()) {
      throw new Violation(ErrorCode.RATE_LIMITED);
    }
    return Refusal.forNow(
        ErrorCode.RATE_LIMITED, connection.retryAfter(session.bucket, nowMs.getAsLong()));
  }

  /** Called every now and then, on any one thread. */
  void forgetFull() {
    accounts.forgetFull(nowMs.getAsLong());
  }
}
