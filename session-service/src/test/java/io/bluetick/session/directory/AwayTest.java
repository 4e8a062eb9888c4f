package io.bluetick.session.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.devstack.system.Ports;
import io.bluetick.directory.DirectoryLimits;
import io.bluetick.directory.DirectoryLink;
import io.bluetick.directory.DirectoryWriter;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.SessionAnswer;
import io.bluetick.session.OwnedAccount;
import io.bluetick.session.account.Accounts;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceTest;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

/** While PostgreSQL or Redis does not answer. */
@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class AwayTest {
  private final AtomicBoolean postgresAway = new AtomicBoolean();
  private final OwnedAccount owner;
  private final OwnedAccount stranger;
  private final ByteString key;
  private final DeviceAddress phone;
  private final Clock clock = Clock.systemUTC();

  AwayTest(@Autowired Accounts accounts) {
    owner = OwnedAccount.register(accounts);
    stranger = OwnedAccount.register(accounts);
    key = owner.devices().getFirst().getNoiseKey();
    phone = new DeviceAddress(owner.id(), 0);
  }

  private KnownAccounts known(JdbcTemplate sql, DirectorySettings settings) {
    PostgresAccounts rows =
        new PostgresAccounts(sql) {
          @Override
          Map<AccountId, KnownAccount> load(Collection<AccountId> accounts) {
            if (postgresAway.get()) {
              throw new DataAccessResourceFailureException("away");
            }
            return super.load(accounts);
          }
        };
    return new KnownAccounts(rows, settings);
  }

  @BeforeEach
  void present() {
    postgresAway.set(false);
  }

  @Test
  void without_postgres_who_is_remembered_opens_and_others_come_back_later(
      @Autowired JdbcTemplate sql,
      @Autowired DirectorySettings settings,
      @Autowired DirectoryWriter directory,
      @Autowired LastSeen lastSeen,
      @Autowired SessionMetrics metrics) {
    KnownAccounts known = known(sql, settings);
    Asking gateway = new Asking(new Sessions(known, directory, lastSeen, metrics, clock), "g1");
    gateway.opened(phone, key, 1);
    postgresAway.set(true);
    ByteString strangersKey = stranger.devices().getFirst().getNoiseKey();
    DeviceAddress strangersPhone = new DeviceAddress(stranger.id(), 0);
    List<SessionAnswer> answers =
        gateway.ask(Asking.open(phone, key, 2), Asking.open(strangersPhone, strangersKey, 3));
    assertThat(answers.get(0).getOpened().getDisplacedConnection()).isEqualTo(1);
    assertThat(answers.get(1).getRefused()).isEqualTo("unavailable");
    assertThat(gateway.refused(phone, strangersKey)).isEqualTo("unavailable");
    assertThatThrownBy(() -> known.load(List.of(owner.id())))
        .isInstanceOf(DataAccessException.class);
  }

  @Test
  void without_redis_everyone_comes_back_later(
      @Autowired ClientResources resources,
      @Autowired JdbcTemplate sql,
      @Autowired DirectorySettings settings,
      @Autowired LastSeen lastSeen,
      @Autowired SessionMetrics metrics) {
    RedisURI nobody = RedisURI.create("127.0.0.1", Ports.free(1)[0]);
    try (DirectoryLink link = new DirectoryLink(resources, nobody, DirectoryLimits.DEFAULTS)) {
      Asking gateway =
          new Asking(
              new Sessions(
                  known(sql, settings), new DirectoryWriter(link), lastSeen, metrics, clock),
              "g1");
      assertThat(gateway.refused(phone, key)).isEqualTo("unavailable");
      assertThat(gateway.restore(phone, 1, clock.millis() + 1)).isEqualTo("unavailable");
    }
  }
}
