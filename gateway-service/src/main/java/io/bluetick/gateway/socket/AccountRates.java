package io.bluetick.gateway.socket;

import io.bluetick.protocol.AccountId;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The buckets of accounts that sent something lately; one that is full again is forgotten. Past the
 * bound new accounts are not limited, only their connections are.
 */
final class AccountRates {
  private static final int MAX_ACCOUNTS = 1 << 16;

  private final ConcurrentHashMap<AccountId, Long> states = new ConcurrentHashMap<>();
  private final TokenBucket bucket;

  AccountRates(TokenBucket bucket) {
    this.bucket = bucket;
  }

  boolean take(AccountId account, long nowMs) {
    if (states.size() >= MAX_ACCOUNTS && !states.containsKey(account)) {
      return true;
    }
    var taken =
        new Object() {
          boolean is;
        };
    states.compute(
        account,
        (_, state) -> {
          long before = state == null ? 0 : state;
          long after = bucket.take(before, nowMs);
          taken.is = after != TokenBucket.NONE;
          return taken.is ? after : before;
        });
    return taken.is;
  }

  /** Called every now and then. */
  void forgetFull(long nowMs) {
    states.values().removeIf(state -> bucket.isFull(state, nowMs));
  }

  int size() {
    return states.size();
  }
}
