package io.bluetick.platform.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@Backends(Backend.CASSANDRA)
class CqlMigratorTest {

  private static final CqlMigration FIRST =
      CqlMigration.of(
          "V001__make_a_table.cql",
          "CREATE TABLE IF NOT EXISTS pages (key text PRIMARY KEY, value text);");

  private static final CqlMigration SECOND =
      CqlMigration.of(
          "V002__make_another.cql",
          "CREATE TABLE IF NOT EXISTS more (key text PRIMARY KEY); -- done\n");

  private final InetSocketAddress address;
  private final String keyspace;
  private final CqlSession session;

  CqlMigratorTest(RunningBackends settings) {
    String[] hostAndPort = settings.get("BLUETICK_CASSANDRA").split(":", -1);
    address = new InetSocketAddress(hostAndPort[0], Integer.parseInt(hostAndPort[1]));
    keyspace = settings.get("BLUETICK_KEYSPACE");
    session = open();
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void steps_are_applied_once_and_in_order() {
    String own = keyspace + "_order";
    migrator(session, own).migrate(List.of(SECOND, FIRST));
    migrator(session, own).migrate(List.of(FIRST, SECOND));
    assertThat(session.execute("SELECT version, name FROM schema_migrations").all())
        .extracting(row -> row.getInt("version") + " " + row.getString("name"))
        .containsExactlyInAnyOrder("1 make_a_table", "2 make_another");
    session.execute("INSERT INTO pages (key, value) VALUES ('a', 'b')");
  }

  @Test
  void a_step_that_was_changed_after_it_ran_is_refused() {
    String own = keyspace + "_changed";
    migrator(session, own).migrate(List.of(FIRST));
    CqlMigration edited =
        CqlMigration.of(
            "V001__make_a_table.cql", "CREATE TABLE IF NOT EXISTS p (k int PRIMARY KEY)");
    assertThatThrownBy(() -> migrator(session, own).migrate(List.of(edited)))
        .isInstanceOf(CqlMigrationException.class)
        .hasMessage(
            "V001__make_a_table was changed after it was applied: undo that and add a new step");
  }

  @Test
  void many_processes_can_start_at_once() throws Exception {
    String own = keyspace + "_raced";
    Callable<Void> start =
        () -> {
          try (CqlSession one = open()) {
            migrator(one, own).migrate(List.of(FIRST, SECOND));
          }
          return null;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Void> one : threads.invokeAll(Stream.generate(() -> start).limit(4).toList())) {
        one.get();
      }
    }
    assertThat(session.execute("SELECT * FROM " + own + ".schema_migrations").all()).hasSize(2);
  }

  private static CqlMigrator migrator(CqlSession session, String keyspace) {
    CassandraSettings settings =
        new CassandraSettings(keyspace, 1, Duration.ofSeconds(30), Duration.ofSeconds(30));
    return new CqlMigrator(session, settings, "datacenter1", Clock.systemUTC());
  }

  private CqlSession open() {
    return CqlSession.builder()
        .addContactPoint(address)
        .withLocalDatacenter("datacenter1")
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(1))
                .build())
        .build();
  }
}
