package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;

/** An account is gone; its id will not come back. */
public record AccountDeleted(AccountId account) {}
