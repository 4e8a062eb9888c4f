package io.bluetick.platform.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import io.bluetick.platform.provision.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the session, waiting a bounded time for Cassandra to come up. A start without Cassandra
 * fails in the end: no query may run before the schema is right, and a supervisor that sees the
 * process die does the rest.
 */
final class CassandraStart {
  private static final Logger log = LoggerFactory.getLogger(CassandraStart.class);
  private static final Backoff WAIT = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(2));

  private CassandraStart() {}

  static CqlSession open(
      Supplier<CqlSessionBuilder> builders, Duration timeout, String where, Clock clock) {
    Instant deadline = clock.instant().plus(timeout);
    for (int failures = 1; ; failures++) {
      try {
        return builders.get().build();
      } catch (AllNodesFailedException e) {
        if (clock.instant().isAfter(deadline)) {
          throw new CqlMigrationException(
              "Cassandra at %s did not answer within %d s".formatted(where, timeout.toSeconds()),
              e);
        }
        if (failures == 1) {
          log.atWarn().addKeyValue("at", where).log("cassandra_awaited");
        }
      }
      try {
        Thread.sleep(WAIT.after(failures)); // The service starts only once Cassandra is there.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CqlMigrationException("interrupted while waiting for Cassandra", e);
      }
    }
  }
}
