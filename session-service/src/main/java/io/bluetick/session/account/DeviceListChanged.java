package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;

/** The devices of an account changed, or what its primary signed of them. */
public record DeviceListChanged(AccountId account, long version) {}
