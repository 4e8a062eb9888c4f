package io.bluetick.message.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import io.bluetick.message.LiveFiles;
import io.bluetick.testkit.RunningBackends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.util.unit.DataSize;

/** The inbox's tables in a keyspace of their own, whose options and files a test may reach. */
final class InboxKeyspace implements AutoCloseable {
  static final InboxSettings SETTINGS =
      new InboxSettings(DataSize.ofKilobytes(64), 256, 64, 64, 50_000);

  final CqlSession session;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final String name;

  InboxKeyspace(RunningBackends settings, String suffix) throws IOException {
    name = settings.get("BLUETICK_KEYSPACE") + "_" + suffix;
    session = open(settings);
    session.execute(
        "CREATE KEYSPACE "
            + name
            + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
    session.execute("USE " + name);
    for (String statement : migration().split(";", -1)) {
      if (!statement.isBlank()) {
        session.execute(statement);
      }
    }
  }

  static CqlSession open(RunningBackends settings) {
    String[] address = settings.get("BLUETICK_CASSANDRA").split(":", -1);
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress(address[0], Integer.parseInt(address[1])))
        .withLocalDatacenter("datacenter1")
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                .withInt(DefaultDriverOption.REQUEST_TRACE_ATTEMPTS, 100)
                .withDuration(DefaultDriverOption.REQUEST_TRACE_INTERVAL, Duration.ofMillis(100))
                .withDuration(DefaultDriverOption.METADATA_SCHEMA_WINDOW, Duration.ofMillis(1))
                .withBoolean(DefaultDriverOption.REQUEST_WARN_IF_SET_KEYSPACE, false)
                .build())
        .build();
  }

  private static String migration() throws IOException {
    try (InputStream file = Inbox.class.getResourceAsStream("/cql/V001__inbox.cql")) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
          .replaceAll("--[^\n]*", "");
    }
  }

  CassandraInbox inbox() {
    return inbox(SETTINGS);
  }

  CassandraInbox inbox(InboxSettings settings) {
    return new CassandraInbox(session, settings, meters);
  }

  /**
   * Flushes all tables of the node and deletes the commit log: what Cassandra does when a table is
   * dropped, and what it cannot be asked for otherwise without its operators' tool.
   */
  void flush() {
    session.execute("CREATE TABLE dropped (key int PRIMARY KEY)");
    session.execute("DROP TABLE dropped");
  }

  /** The files of these tables. */
  List<Path> dataFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder :
        setting("data_file_directories").replaceAll("[\\[\\]]", "").split(",", -1)) {
      files.addAll(LiveFiles.below(Path.of(folder.strip()).resolve(name)));
    }
    return files;
  }

  /** The files of the commit log, which all tables share. */
  List<Path> logFiles() throws IOException {
    return LiveFiles.below(Path.of(setting("commitlog_directory")));
  }

  /** Where the backends run in containers nobody sees their files. */
  boolean hasFiles() {
    return Files.isDirectory(Path.of(setting("commitlog_directory")));
  }

  private String setting(String setting) {
    Row row =
        session.execute("SELECT value FROM system_views.settings WHERE name = ?", setting).one();
    return Objects.requireNonNull(Objects.requireNonNull(row).getString("value"));
  }

  /** Those that hold these bytes; Cassandra deletes files while they are looked through. */
  static List<Path> holding(byte[] wanted, List<Path> files) throws IOException {
    String text = new String(wanted, StandardCharsets.ISO_8859_1);
    List<Path> holding = new ArrayList<>();
    for (Path file : files) {
      try {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          holding.add(file.getFileName());
        }
      } catch (NoSuchFileException gone) {
        assertThat(file).doesNotExist();
      }
    }
    return holding;
  }

  @Override
  public void close() {
    session.execute("DROP KEYSPACE " + name);
    session.close();
  }
}
