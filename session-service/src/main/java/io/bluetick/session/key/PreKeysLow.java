package io.bluetick.session.key;

import io.bluetick.protocol.AccountId;

/** One of a device's stocks of one-time keys has fewer than {@link Keys#LOW} left. */
public record PreKeysLow(AccountId account, int device) {}
