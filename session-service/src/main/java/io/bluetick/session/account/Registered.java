package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;

/**
 * A device that belongs to an account from now on.
 *
 * @param listVersion of the device list that has it
 */
public record Registered(AccountId account, int device, int registration, long listVersion) {}
