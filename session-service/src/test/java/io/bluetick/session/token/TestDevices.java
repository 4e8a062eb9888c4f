package io.bluetick.session.token;

import io.bluetick.protocol.AccountId;
import io.bluetick.session.account.AccountIds;
import io.bluetick.session.account.Caller;
import java.security.SecureRandom;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Devices by their rows alone: where tokens are tested, nobody looks at their lists. */
final class TestDevices {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final JdbcClient sql;

  TestDevices(JdbcClient sql) {
    this.sql = sql;
  }

  Caller registered() {
    return registered(new byte[33]);
  }

  Caller registered(byte[] identityKey) {
    AccountId account = AccountId.random(RANDOM);
    byte[] hash = account.bytes().toByteArray();
    sql.sql(
            """
            INSERT INTO account (id, number_hash, number_sealed, list_version, list,
              list_signature, registrations, created_at, last_seen)
            VALUES (?, ?, '', 1, 'list', ?, 7, now(), now())
            """)
        .params(AccountIds.uuid(account), hash, new byte[64])
        .update();
    sql.sql(
            """
            INSERT INTO device VALUES (?, 0, 7, 1, ?, ?, 'phone', 'test', now(), now())
            """)
        .params(AccountIds.uuid(account), new byte[32], identityKey)
        .update();
    return new Caller(account, 0, 7);
  }

  void suspend(Caller device) {
    update("UPDATE account SET suspended_at = now() WHERE id = ?", device);
  }

  void restore(Caller device) {
    update("UPDATE account SET suspended_at = NULL WHERE id = ?", device);
  }

  void registerAnew(Caller device) {
    update("UPDATE device SET registration = registration + 1 WHERE account = ?", device);
  }

  void remove(Caller device) {
    update("DELETE FROM device WHERE account = ?", device);
  }

  void unusedForDays(Caller device, int days) {
    update(
        "UPDATE refresh_token SET used_at = now() - interval '%d days' WHERE account = ?"
            .formatted(days),
        device);
  }

  boolean hasCurrent(RefreshToken token) {
    return sql.sql("SELECT count(*) FROM refresh_token WHERE current_hash = ?")
            .param(token.hash())
            .query(Long.class)
            .single()
        == 1;
  }

  private void update(String statement, Caller device) {
    sql.sql(statement).param(AccountIds.uuid(device.account())).update();
  }
}
