package io.bluetick.session.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.session.OwnedAccount;
import io.bluetick.session.account.AccountIds;
import io.bluetick.session.account.Accounts;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class LastSeenTest {
  private static final LocalDate LONG_AGO = LocalDate.of(2026, 1, 1);

  private final JdbcTemplate sql;
  private final OwnedAccount owner;
  private final DeviceAddress phone;

  LastSeenTest(@Autowired JdbcTemplate sql, @Autowired Accounts accounts) {
    this.sql = sql;
    this.owner = OwnedAccount.register(accounts);
    this.phone = new DeviceAddress(owner.id(), 0);
    sql.update("UPDATE account SET last_seen = ? WHERE id = ?", LONG_AGO, uuid());
    sql.update("UPDATE device SET last_seen = ? WHERE account = ?", LONG_AGO, uuid());
  }

  private Object uuid() {
    return AccountIds.uuid(owner.id());
  }

  private LocalDate account() {
    return sql.queryForList("SELECT last_seen FROM account WHERE id = ?", LocalDate.class, uuid())
        .getFirst();
  }

  private LocalDate device() {
    return sql.queryForList(
            "SELECT last_seen FROM device WHERE account = ?", LocalDate.class, uuid())
        .getFirst();
  }

  @Test
  void the_day_of_an_opening_is_written_with_all_others(
      @Autowired Sessions sessions, @Autowired LastSeen lastSeen, @Autowired Clock clock) {
    ByteString key = owner.devices().getFirst().getNoiseKey();
    new Asking(sessions, "g1").opened(phone, key, 1);
    assertThat(device()).isEqualTo(LONG_AGO);
    lastSeen.write();
    assertThat(device()).isEqualTo(LocalDate.now(clock));
    assertThat(account()).isEqualTo(LocalDate.now(clock));
  }

  @Test
  void a_day_is_never_taken_back_and_what_waits_is_bounded(@Autowired Clock clock) {
    DirectorySettings one =
        new DirectorySettings("redis://nobody", Duration.ZERO, 1, Duration.ZERO, 1);
    LastSeen yesterday = new LastSeen(sql, Clock.offset(clock, Duration.ofDays(-1)), one);
    LastSeen today = new LastSeen(sql, clock, one);
    today.seen(phone, LONG_AGO);
    today.write();
    yesterday.seen(new DeviceAddress(owner.id(), 1), LONG_AGO);
    yesterday.seen(phone, LONG_AGO);
    yesterday.write();
    assertThat(device()).isEqualTo(LocalDate.now(clock));
    assertThat(account()).isEqualTo(LocalDate.now(clock));
  }
}
