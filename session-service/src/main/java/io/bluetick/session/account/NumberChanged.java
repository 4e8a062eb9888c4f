package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;

/** An account has another phone number. */
public record NumberChanged(AccountId account) {}
