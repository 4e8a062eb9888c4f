package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;

/** An account may do nothing any more. */
public record AccountSuspended(AccountId account) {}
