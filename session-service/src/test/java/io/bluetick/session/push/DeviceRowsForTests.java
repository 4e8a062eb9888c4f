package io.bluetick.session.push;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.session.account.AccountIds;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Accounts and devices as rows, which is all that push tokens need of them. */
record DeviceRowsForTests(JdbcClient sql) {

  /** A new account with its primary device, of registration 1. */
  DeviceAddress add() {
    AccountId account = PushSamples.device().account();
    sql.sql(
            """
            INSERT INTO account (id, number_hash, number_sealed, list_version, list, list_signature,
                                 registrations, created_at, last_seen)
            VALUES (:id, sha256(:id::text::bytea), '', 1, '', '', 1, now(), now())
            """)
        .param("id", AccountIds.uuid(account))
        .update();
    sql.sql(
            """
            INSERT INTO device (account, number, registration, since_version, noise_key,
                                identity_key, name, platform, created_at, last_seen)
            VALUES (?, 0, 1, 1, decode(repeat('00', 32), 'hex'), decode(repeat('00', 33), 'hex'),
                    '', '', now(), now())
            """)
        .param(AccountIds.uuid(account))
        .update();
    return new DeviceAddress(account, 0);
  }

  /** As if it had registered anew. */
  void registerAnew(DeviceAddress device) {
    sql.sql("UPDATE device SET registration = registration + 1 WHERE account = ?")
        .param(AccountIds.uuid(device.account()))
        .update();
  }

  void remove(DeviceAddress device) {
    sql.sql("DELETE FROM device WHERE account = ?")
        .param(AccountIds.uuid(device.account()))
        .update();
  }
}
