package io.bluetick.platform.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import io.bluetick.platform.provision.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema up: creates the keyspace, applies what is missing, in order, one process at a
 * time.
 *
 * <pre>
 * schema_migrations                      schema_lease
 *   version int  PRIMARY KEY               name text  PRIMARY KEY   ('migration')
 *   name, checksum text                    owner uuid
 *   applied_at timestamp                   (the row expires by its TTL)
 * </pre>
 *
 * The lease is a lightweight transaction with a TTL: who dies with it holds the others off no
 * longer than that. It is renewed before each statement, and a lost one ends the run.
 */
final class CqlMigrator {
  private static final Logger log = LoggerFactory.getLogger(CqlMigrator.class);
  private static final Backoff POLL = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(1));

  /**
   * A table with its data in many places takes its time to be made; a query's limit is too short.
   */
  private static final Duration DDL_TIMEOUT = Duration.ofSeconds(30);

  /** What is not flushed keeps a segment of the commit log, with all that others wrote there. */
  private static final String FLUSHED = " WITH memtable_flush_period_in_ms = 3600000";

  private final CqlSession session;
  private final CassandraSettings settings;
  private final String dataCenter;
  private final Clock clock;
  private final UUID owner = UUID.randomUUID();

  CqlMigrator(CqlSession session, CassandraSettings settings, String dataCenter, Clock clock) {
    this.session = session;
    this.settings = settings;
    this.dataCenter = dataCenter;
    this.clock = clock;
  }

  /** Leaves the session in the keyspace. */
  void migrate(List<CqlMigration> onFile) {
    if (CqlHistory.pending(onFile, enter()).isEmpty()) {
      return;
    }
    ddl("CREATE TABLE IF NOT EXISTS schema_lease (name text PRIMARY KEY, owner uuid)" + FLUSHED);
    acquire();
    try {
      // Read again: another process may have done it all while this one waited.
      CqlHistory.pending(onFile, applied()).forEach(this::apply);
    } finally {
      release();
    }
  }

  /**
   * Makes the keyspace and the history, and reads it. When many processes start at once, a CREATE
   * IF NOT EXISTS can answer a moment before what another one is creating can be used.
   */
  private Map<Integer, String> enter() {
    Instant deadline = clock.instant().plus(settings.startTimeout());
    for (int tries = 1; ; tries++) {
      try {
        createKeyspace();
        session.execute("USE " + settings.keyspace());
        ddl(
            "CREATE TABLE IF NOT EXISTS schema_migrations"
                + " (version int PRIMARY KEY, name text, checksum text, applied_at timestamp)"
                + FLUSHED);
        return applied();
      } catch (InvalidQueryException notYet) {
        if (clock.instant().isAfter(deadline)) {
          throw new CqlMigrationException(
              "keyspace " + settings.keyspace() + " cannot be used: " + notYet.getMessage(),
              notYet);
        }
        pause(POLL.after(tries));
      }
    }
  }

  private void createKeyspace() {
    if (!session.getMetadata().getKeyspaces().containsKey(keyspaceId())) {
      ddl(
          "CREATE KEYSPACE IF NOT EXISTS %s WITH replication ="
              .concat(" {'class': 'NetworkTopologyStrategy', '%s': %d}")
              .formatted(settings.keyspace(), dataCenter, settings.replication()));
    }
  }

  private void apply(CqlMigration step) {
    for (String statement : step.statements()) {
      renew();
      try {
        ddl(statement);
      } catch (RuntimeException e) {
        throw new CqlMigrationException(step + " failed: " + e.getMessage(), e);
      }
    }
    session.execute(
        SimpleStatement.newInstance(
                "INSERT INTO schema_migrations (version, name, checksum, applied_at)"
                    + " VALUES (?, ?, ?, ?)",
                step.version(),
                step.name(),
                step.checksum(),
                clock.instant())
            .setConsistencyLevel(ConsistencyLevel.QUORUM));
    log.atInfo().addKeyValue("step", step.toString()).log("schema_step_applied");
  }

  private Map<Integer, String> applied() {
    Map<Integer, String> applied = new HashMap<>();
    SimpleStatement query =
        SimpleStatement.newInstance("SELECT version, checksum FROM schema_migrations")
            .setConsistencyLevel(ConsistencyLevel.QUORUM);
    for (Row row : session.execute(query)) {
      applied.put(row.getInt("version"), String.valueOf(row.getString("checksum")));
    }
    return applied;
  }

  private void acquire() {
    Instant deadline = clock.instant().plus(settings.startTimeout()).plus(settings.lease());
    for (int tries = 1; ; tries++) {
      if (tryAcquire()) {
        return;
      }
      if (clock.instant().isAfter(deadline)) {
        throw new CqlMigrationException("another process does not finish migrating the schema");
      }
      pause(POLL.after(tries));
    }
  }

  private boolean tryAcquire() {
    try {
      return transaction(
          "INSERT INTO schema_lease (name, owner) VALUES ('migration', ?)"
              + " IF NOT EXISTS USING TTL "
              + settings.lease().toSeconds(),
          owner);
    } catch (InvalidQueryException notYet) {
      return false; // Another process creates this table right now.
    }
  }

  private void renew() {
    boolean mine =
        transaction(
            "UPDATE schema_lease USING TTL "
                + settings.lease().toSeconds()
                + " SET owner = ? WHERE name = 'migration' IF owner = ?",
            owner,
            owner);
    if (!mine) {
      throw new CqlMigrationException("the schema lease ran out; start again");
    }
  }

  private void release() {
    transaction("DELETE FROM schema_lease WHERE name = 'migration' IF owner = ?", owner);
  }

  private boolean transaction(String cql, Object... values) {
    return session.execute(SimpleStatement.newInstance(cql, values)).wasApplied();
  }

  private void ddl(String cql) {
    session.execute(SimpleStatement.newInstance(cql).setTimeout(DDL_TIMEOUT));
  }

  private com.datastax.oss.driver.api.core.CqlIdentifier keyspaceId() {
    return com.datastax.oss.driver.api.core.CqlIdentifier.fromCql(settings.keyspace());
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait); // The service starts only once the schema is there.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CqlMigrationException("interrupted while waiting for the schema lease", e);
    }
  }
}
