package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;
import java.util.UUID;

/** The same 16 bytes as PostgreSQL knows them. */
public final class AccountIds {

  private AccountIds() {}

  public static UUID uuid(AccountId id) {
    return new UUID(id.high(), id.low());
  }

  public static AccountId of(UUID id) {
    return new AccountId(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }
}
