package io.bluetick.testkit.backend;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import io.bluetick.testkit.RunningBackends;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Pages are rows. */
final class CassandraNotebook implements Notebook {

  private final CqlSession session;
  private final String table;

  CassandraNotebook(RunningBackends settings) {
    String[] address = settings.get("BLUETICK_CASSANDRA").split(":", -1);
    String keyspace = settings.get("BLUETICK_KEYSPACE");
    table = keyspace + ".notebook";
    session =
        CqlSession.builder()
            .addContactPoint(new InetSocketAddress(address[0], Integer.parseInt(address[1])))
            .withLocalDatacenter("datacenter1")
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                    .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(1))
                    .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(2))
                    .build())
            .build();
    session.execute(
        "CREATE KEYSPACE IF NOT EXISTS "
            + keyspace
            + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute("CREATE TABLE IF NOT EXISTS " + table + " (key text PRIMARY KEY, value text)");
  }

  @Override
  public void write(String key, String value) {
    session.execute("INSERT INTO " + table + " (key, value) VALUES (?, ?)", key, value);
  }

  @Override
  public Optional<String> read(String key) {
    return Optional.ofNullable(
            session.execute("SELECT value FROM " + table + " WHERE key = ?", key).one())
        .map(row -> row.getString("value"));
  }

  @Override
  public void close() {
    session.close();
  }
}
