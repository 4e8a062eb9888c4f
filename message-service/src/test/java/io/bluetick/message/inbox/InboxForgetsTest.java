package io.bluetick.message.inbox;

import static io.bluetick.message.inbox.Samples.done;
import static io.bluetick.message.inbox.Samples.stanza;
import static io.bluetick.message.inbox.Samples.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.message.mailbox.DeviceKey;
import io.bluetick.message.mailbox.Effect.Rows;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Looks for the bytes of a message in Cassandra's files. Nothing here tells Cassandra to compact:
 * it must forget by itself.
 */
@Backends(Backend.CASSANDRA)
class InboxForgetsTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Of what expires Cassandra knows the minute only. */
  private static final Duration ROUNDED = Duration.ofSeconds(100);

  private final InboxKeyspace keyspace;
  private final Inbox inbox;
  private final DeviceKey device = Samples.device();
  private final byte[] marker = new byte[64];

  InboxForgetsTest(RunningBackends settings) throws IOException {
    keyspace = new InboxKeyspace(settings, "forgets");
    inbox = keyspace.inbox();
    new SecureRandom().nextBytes(marker);
  }

  @BeforeEach
  void has_files() {
    assumeThat(keyspace.hasFiles()).isTrue();
  }

  @AfterEach
  void close() {
    keyspace.close();
  }

  @Test
  void what_is_deleted_before_it_is_flushed_never_reaches_a_table() throws IOException {
    long nowMs = Clock.systemUTC().millis();
    save(nowMs);
    assertThat(inLog()).isNotEmpty();
    assertThat(inTables()).isEmpty();
    delete(nowMs);
    keyspace.flush();
    assertThat(keyspace.dataFiles()).anyMatch(file -> file.toString().endsWith("-Data.db"));
    assertThat(inTables()).isEmpty();
    await().atMost(SOON).untilAsserted(() -> assertThat(inLog()).isEmpty());
  }

  @Test
  void what_is_deleted_on_the_day_it_came_goes_with_the_next_flush() throws IOException {
    long nowMs = Clock.systemUTC().millis();
    save(nowMs);
    keyspace.flush();
    assertThat(inTables()).isNotEmpty();
    delete(nowMs);
    keyspace.flush();
    await().atMost(SOON).untilAsserted(() -> assertThat(inTables()).isEmpty());
    assertThat(inLog()).isEmpty();
  }

  @Test
  void what_is_deleted_days_later_goes_when_the_next_mark_of_its_bucket_expires()
      throws IOException {
    long nowMs = Clock.systemUTC().millis();
    long savedMs = nowMs - Duration.ofDays(3).toMillis();
    hurry();
    save(savedMs);
    mark(savedMs, Duration.ofSeconds(10));
    keyspace.flush();
    delete(nowMs);
    keyspace.flush();
    assertThat(inTables()).isNotEmpty();
    await()
        .atMost(ROUNDED)
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(() -> {
          lookForCompactions();
          assertThat(inTables()).isEmpty();
        });
  }

  private void hurry() {
    keyspace.session.execute(
        "ALTER TABLE inbox WITH gc_grace_seconds = 1 AND compaction ="
            + " {'class': 'TimeWindowCompactionStrategy', 'compaction_window_unit': 'DAYS',"
            + " 'compaction_window_size': 1, 'min_threshold': 2,"
            + " 'tombstone_compaction_interval': 1, 'tombstone_threshold': 0.0000001,"
            + " 'unchecked_tombstone_compaction': true, 'provide_overlapping_tombstones': 'row'}");
  }

  /** As the bucket's own are, but for its life. */
  private void mark(long savedMs, Duration life) {
    keyspace.session.execute(
        "UPDATE inbox USING TIMESTAMP ? AND TTL ? SET marks = marks + {0}"
            + " WHERE account=? AND device=? AND registration=? AND day=?",
        savedMs * 1_000,
        (int) life.toSeconds(),
        new UUID(device.account().high(), device.account().low()),
        device.device(),
        device.registration(),
        Bucket.dayOf(savedMs));
  }

  /** Cassandra does so each minute and after each flush. */
  private void lookForCompactions() {
    long nowMs = Clock.systemUTC().millis();
    done(inbox.save(List.of(new Rows(Samples.device(), List.of(stanza(1, nowMs)))), nowMs));
    keyspace.flush();
  }

  private void save(long timeMs) {
    Rows rows = new Rows(device, List.of(stanza(1, timeMs, ByteString.copyFrom(marker))));
    done(inbox.save(List.of(rows), timeMs));
  }

  private void delete(long nowMs) {
    done(inbox.delete(List.of(upTo(device, 1)), nowMs));
  }

  private List<Path> inTables() throws IOException {
    return InboxKeyspace.holding(marker, keyspace.dataFiles());
  }

  private List<Path> inLog() throws IOException {
    return InboxKeyspace.holding(marker, keyspace.logFiles());
  }
}
