package io.bluetick.bench.device;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.noise.StaticKeys;

/**
 * Who connects.
 *
 * @param number within the account; 0 is the primary
 * @param keys may be shared by any number of devices, where no one is impressed by that
 */
public record Device(AccountId account, int number, StaticKeys keys) {}
