package io.bluetick.bench.sessions;

import io.bluetick.protocol.AccountId;

/**
 * A registered device. Used by one worker at a time.
 *
 * @see Registrations
 */
final class Member {
  private final AccountId account;
  private final byte[] noiseKey;
  private Tokens tokens;

  /** What it goes on with. */
  record Tokens(String access, String refresh) {
    @Override
    public String toString() {
      return "Tokens";
    }
  }

  Member(AccountId account, byte[] noiseKey, Tokens tokens) {
    this.account = account;
    this.noiseKey = noiseKey.clone();
    this.tokens = tokens;
  }

  AccountId account() {
    return account;
  }

  byte[] noiseKey() {
    return noiseKey.clone();
  }

  synchronized Tokens tokens() {
    return tokens;
  }

  synchronized void refreshed(Tokens next) {
    tokens = next;
  }
}
