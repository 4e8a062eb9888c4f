package io.bluetick.message.inbox;

import static io.bluetick.message.inbox.Samples.NOW_MS;
import static io.bluetick.message.inbox.Samples.done;
import static io.bluetick.message.inbox.Samples.sequences;
import static io.bluetick.message.inbox.Samples.stanza;
import static io.bluetick.message.inbox.Samples.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.bluetick.devstack.Backend;
import io.bluetick.message.inbox.TracedSession.Effort;
import io.bluetick.message.mailbox.DeviceKey;
import io.bluetick.message.mailbox.Effect.Read;
import io.bluetick.message.mailbox.Effect.Rows;
import io.bluetick.message.mailbox.Outcome.Page;
import io.bluetick.message.mailbox.Stanza;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What Cassandra itself tells of how it reads. */
@Backends(Backend.CASSANDRA)
class TombstoneTest {
  private static final int MESSAGES = 100_000;
  private static final int AT_ONCE = 1_000;
  private static final int FLUSHED_EVERY = 25_000;
  private static final InboxSettings LARGE_BATCHES =
      new InboxSettings(DataSize.ofKilobytes(512), AT_ONCE, 64, 64, 1_000);

  private final InboxKeyspace keyspace;
  private final TracedSession traced;
  private final Inbox inbox;
  private final Inbox tracedInbox;
  private final DeviceKey device = Samples.device();
  private final Bucket bucket = new Bucket(device, Bucket.dayOf(NOW_MS));

  TombstoneTest(RunningBackends settings) throws IOException {
    keyspace = new InboxKeyspace(settings, "tombstones");
    traced = new TracedSession(keyspace.session);
    inbox = keyspace.inbox(LARGE_BATCHES);
    tracedInbox = new CassandraInbox(traced.session(), LARGE_BATCHES, new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    keyspace.close();
  }

  @Test
  void a_hundred_thousand_acknowledged_messages_are_not_in_the_way_of_the_next() {
    keepFiles();
    for (long from = 1; from <= MESSAGES; from += AT_ONCE) {
      save(from);
      if (from % FLUSHED_EVERY == 1) {
        keyspace.flush(); // So the files hold rows that are deleted later.
      }
      done(inbox.delete(List.of(upTo(device, from + AT_ONCE - 1)), NOW_MS + from));
    }
    save(MESSAGES + 1);

    Effort next = reading(MESSAGES);
    assertThat(next.tombstones()).isLessThan(5);
    assertThat(next.files()).isZero();
    Effort fromTheBeginning = reading(0);
    assertThat(fromTheBeginning.tombstones()).isLessThan(5);
    assertThat(fromTheBeginning.files()).isZero();

    assertThat(walking().files()).isEqualTo(MESSAGES / FLUSHED_EVERY);
  }

  /** That the trace would tell. */
  @Test
  void rows_that_were_deleted_one_by_one_would_be_in_the_way() {
    save(1);
    save(AT_ONCE + 1);
    PreparedStatement one =
        keyspace.session.prepare(
            "DELETE FROM inbox"
                + " WHERE account=? AND device=? AND registration=? AND day=? AND sequence=?");
    UUID account = new UUID(device.account().high(), device.account().low());
    for (long each = 1; each <= AT_ONCE; each++) {
      keyspace.session.execute(
          one.bind(account, device.device(), device.registration(), bucket.day(), each));
    }
    assertThat(reading(0).tombstones()).isEqualTo(AT_ONCE);
    assertThat(reading(AT_ONCE).tombstones()).isZero();
  }

  private Effort reading(long after) {
    Page page = done(tracedInbox.read(new Read(device, after, Long.MAX_VALUE, 256, 1), NOW_MS));
    assertThat(sequences(page)).hasSize(256);
    return traced.effort();
  }

  /** The same without a place to begin at. */
  private Effort walking() {
    InboxTables tables = new InboxTables(keyspace.session);
    done(traced.session().executeAsync(tables.rows(bucket, 0, Long.MAX_VALUE, 257)));
    return traced.effort();
  }

  private void keepFiles() {
    keyspace.session.execute(
        "ALTER TABLE inbox WITH compaction ="
            + " {'class': 'TimeWindowCompactionStrategy', 'enabled': 'false'}");
  }

  private void save(long from) {
    List<Stanza> stanzas =
        LongStream.range(from, from + AT_ONCE).mapToObj(each -> stanza(each, NOW_MS)).toList();
    done(inbox.save(List.of(new Rows(device, stanzas)), NOW_MS));
  }
}
