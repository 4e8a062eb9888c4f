package io.bluetick.bench.member;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.noise.StaticKeys;

/**
 * A registered device. Used by one worker at a time.
 *
 * @see Registrations
 */
public final class Member {
  private final AccountId account;
  private final long listVersion;
  private final StaticKeys noise;
  private Tokens tokens;

  /** What it goes on with. */
  public record Tokens(String access, String refresh) {
    @Override
    public String toString() {
      return "Tokens";
    }
  }

  Member(AccountId account, long listVersion, StaticKeys noise, Tokens tokens) {
    this.account = account;
    this.listVersion = listVersion;
    this.noise = noise;
    this.tokens = tokens;
  }

  public AccountId account() {
    return account;
  }

  /** Of the list that its account registered with. */
  public long listVersion() {
    return listVersion;
  }

  /** What it connects with. */
  public StaticKeys noise() {
    return noise;
  }

  public synchronized Tokens tokens() {
    return tokens;
  }

  public synchronized void refreshed(Tokens next) {
    tokens = next;
  }
}
