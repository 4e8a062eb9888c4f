package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;

/** A suspended account may go on. */
public record AccountRestored(AccountId account) {}
