package io.bluetick.session.directory;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.session.account.AccountIds;
import io.bluetick.session.directory.KnownAccount.Registered;
import io.bluetick.session.directory.KnownAccount.Standing;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Accounts with their devices and keys, many in one query and without Hibernate's bookkeeping. */
@Component
class PostgresAccounts {
  private static final String QUERY =
      """
      SELECT a.id, a.list_version, a.suspended_at IS NOT NULL AS suspended,
             d.number, d.registration, d.since_version, d.noise_key, d.created_at, d.last_seen
      FROM account a JOIN device d ON d.account = a.id
      WHERE a.id = ANY (?)
      """;

  private final JdbcTemplate sql;

  PostgresAccounts(JdbcTemplate sql) {
    this.sql = sql;
  }

  /** An entry for each; an account without devices is as good as none. */
  Map<AccountId, KnownAccount> load(Collection<AccountId> accounts) {
    Map<AccountId, Rows> found = new HashMap<>();
    UUID[] ids = accounts.stream().map(AccountIds::uuid).toArray(UUID[]::new);
    sql.query(
        connection -> {
          PreparedStatement query = connection.prepareStatement(QUERY);
          query.setArray(1, connection.createArrayOf("uuid", ids));
          return query;
        },
        row -> {
          AccountId id = AccountIds.of(row.getObject("id", UUID.class));
          Rows rows = found.get(id);
          if (rows == null) {
            rows = new Rows(row);
            found.put(id, rows);
          }
          rows.devices.add(device(row));
        });
    Map<AccountId, KnownAccount> known = new HashMap<>();
    for (AccountId account : accounts) {
      Rows rows = found.get(account);
      known.put(account, rows == null ? KnownAccount.NONE : rows.account());
    }
    return known;
  }

  private static final class Rows {
    final List<Registered> devices = new ArrayList<>();
    private final long listVersion;
    private final Standing standing;

    Rows(ResultSet row) throws SQLException {
      listVersion = row.getLong("list_version");
      standing = row.getBoolean("suspended") ? Standing.SUSPENDED : Standing.GOOD;
    }

    KnownAccount account() {
      return new KnownAccount(listVersion, standing, devices);
    }
  }

  private static Registered device(ResultSet row) throws SQLException {
    return new Registered(
        row.getInt("number"),
        row.getInt("registration"),
        row.getLong("since_version"),
        ByteString.copyFrom(row.getBytes("noise_key")),
        row.getObject("created_at", OffsetDateTime.class).toInstant().toEpochMilli(),
        row.getObject("last_seen", LocalDate.class));
  }
}
