package io.bluetick.bench.device;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.noise.StaticKeys;

/**
 * Who connects.
 *
 * @param number within the account; 0 is the primary
 * @param keys may be shared by any number of devices, where no one is impressed by that
 * @param acknowledged its store has all up to here
 * @param attempt see Open; 0: it does not count
 */
public record Device(
    AccountId account, int number, StaticKeys keys, long acknowledged, long attempt) {

  /** One that has nothing yet. */
  public Device(AccountId account, int number, StaticKeys keys) {
    this(account, number, keys, 0, 0);
  }
}
