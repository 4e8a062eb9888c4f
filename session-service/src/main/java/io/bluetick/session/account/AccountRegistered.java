package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;

/** An account is new, or was taken over by who has its number now. */
public record AccountRegistered(AccountId account, boolean takenOver) {}
