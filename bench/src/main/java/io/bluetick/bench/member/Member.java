package io.bluetick.bench.member;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.noise.StaticKeys;

/**
 * A registered device. Used by one worker at a time.
 *
 * @see Registrations
 */
public final class Member {
  private final DeviceAddress address;
  private final int registration;
  private final NewKeys keys;
  private Tokens tokens;

  /** What it goes on with. */
  public record Tokens(String access, String refresh) {
    @Override
    public String toString() {
      return "Tokens";
    }
  }

  Member(DeviceAddress address, int registration, NewKeys keys, Tokens tokens) {
    this.address = address;
    this.registration = registration;
    this.keys = keys;
    this.tokens = tokens;
  }

  public AccountId account() {
    return address.account();
  }

  public DeviceAddress address() {
    return address;
  }

  /** Part of the ids of its messages. */
  public int registration() {
    return registration;
  }

  /** What it connects with. */
  public StaticKeys noise() {
    return keys.noise();
  }

  NewKeys keys() {
    return keys;
  }

  public synchronized Tokens tokens() {
    return tokens;
  }

  public synchronized void refreshed(Tokens next) {
    tokens = next;
  }
}
