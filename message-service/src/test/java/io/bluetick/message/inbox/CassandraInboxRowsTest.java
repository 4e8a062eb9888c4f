package io.bluetick.message.inbox;

import static io.bluetick.message.inbox.Samples.DAY_MS;
import static io.bluetick.message.inbox.Samples.NOW_MS;
import static io.bluetick.message.inbox.Samples.all;
import static io.bluetick.message.inbox.Samples.done;
import static io.bluetick.message.inbox.Samples.rows;
import static io.bluetick.message.inbox.Samples.rowsUpTo;
import static io.bluetick.message.inbox.Samples.sequences;
import static io.bluetick.message.inbox.Samples.stanza;
import static io.bluetick.message.inbox.Samples.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import io.bluetick.devstack.Backend;
import io.bluetick.message.mailbox.DeviceKey;
import io.bluetick.message.mailbox.Effect.Measure;
import io.bluetick.message.mailbox.Effect.Read;
import io.bluetick.message.mailbox.Effect.Rows;
import io.bluetick.message.mailbox.Outcome.Page;
import io.bluetick.message.mailbox.Stanza;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.util.unit.DataSize;

/** How the rows lie in Cassandra. */
@Backends(Backend.CASSANDRA)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CassandraInboxRowsTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final RunningBackends settings;
  private final InboxKeyspace keyspace;
  private final Inbox inbox;
  private DeviceKey device = Samples.device();

  CassandraInboxRowsTest(RunningBackends settings) throws IOException {
    this.settings = settings;
    this.keyspace = new InboxKeyspace(settings, "rows");
    this.inbox = keyspace.inbox();
  }

  @BeforeEach
  void empty() {
    keyspace.session.execute("TRUNCATE inbox");
    keyspace.session.execute("TRUNCATE inbox_days");
    device = Samples.device();
  }

  @AfterAll
  void close() {
    keyspace.close();
  }

  @Test
  void a_row_lives_as_long_as_its_stanza_has_left_and_is_as_old_as_it() {
    Stanza stanza = stanza(1, NOW_MS - DAY_MS);
    save(new Rows(device, List.of(stanza)), NOW_MS);
    Row row = one("SELECT ttl(content) AS life, writetime(content) AS written FROM inbox");
    int left = (int) Duration.ofDays(29).toSeconds();
    assertThat(row.getInt("life")).isBetween(left - 60, left);
    assertThat(row.getLong("written")).isEqualTo(stanza.timeMs() * 1_000);
  }

  @Test
  void a_gateway_whose_clock_is_ahead_writes_nothing_that_cannot_be_deleted() {
    Stanza ahead = stanza(1, NOW_MS + DAY_MS);
    save(new Rows(device, List.of(ahead)), NOW_MS);
    Row row = one("SELECT ttl(content) AS life, writetime(content) AS written FROM inbox");
    assertThat(row.getInt("life")).isLessThanOrEqualTo((int) Duration.ofDays(30).toSeconds());
    assertThat(row.getLong("written")).isEqualTo(NOW_MS * 1_000);
    done(inbox.delete(List.of(upTo(device, 1)), NOW_MS));
    assertThat(count("inbox")).isZero();
  }

  @Test
  void the_entry_of_a_day_outlives_its_rows() {
    save(rows(device, 1), NOW_MS);
    done(inbox.delete(List.of(upTo(device, 1)), NOW_MS));
    int life = one("SELECT ttl(gone_up_to) AS life FROM inbox_days").getInt("life");
    assertThat(life).isGreaterThan((int) Duration.ofDays(31).toSeconds());
  }

  /** Each has Cassandra look through the file that it is in. */
  @Test
  void a_bucket_begins_with_marks_that_expire_one_after_the_other() {
    save(rows(device, 1), NOW_MS);
    assertThat(one("SELECT marks FROM inbox").getSet("marks", Byte.class))
        .containsExactlyInAnyOrder((byte) 1, (byte) 2, (byte) 4, (byte) 8, (byte) 16);
    List<Integer> lives =
        Objects.requireNonNull(
            one("SELECT ttl(marks) AS lives FROM inbox").getList("lives", Integer.class));
    assertThat(lives.getFirst()).isCloseTo(86_400, within(60));
    assertThat(lives.getLast()).isCloseTo(16 * 86_400, within(60));
  }

  @Test
  void the_entry_of_a_day_is_written_once() {
    save(rows(device, 1), NOW_MS);
    keyspace.session.execute("TRUNCATE inbox_days");
    save(rows(device, 2), NOW_MS);
    assertThat(count("inbox_days")).isZero();
    save(rows(device, 3), NOW_MS + DAY_MS);
    assertThat(count("inbox_days")).isEqualTo(1);
  }

  @Test
  void an_entry_that_could_not_be_remembered_is_written_each_time() {
    Inbox forgetful = keyspace.inbox(new InboxSettings(DataSize.ofKilobytes(64), 256, 64, 64, 0));
    done(forgetful.save(List.of(rows(device, 1)), NOW_MS));
    keyspace.session.execute("TRUNCATE inbox_days");
    done(forgetful.save(List.of(rows(device, 2)), NOW_MS));
    assertThat(count("inbox_days")).isEqualTo(1);
  }

  @Test
  void old_days_to_which_nothing_comes_any_more_are_taken_off_the_list() {
    save(rowsUpTo(device, 3, NOW_MS - 3 * DAY_MS), NOW_MS - 3 * DAY_MS);
    save(rowsUpTo(device, 5, NOW_MS - 2 * DAY_MS), NOW_MS - 2 * DAY_MS);
    save(rowsUpTo(device, 4, NOW_MS - DAY_MS), NOW_MS - DAY_MS);
    save(rowsUpTo(device, 4, NOW_MS), NOW_MS);
    done(inbox.delete(List.of(upTo(device, 4)), NOW_MS));
    assertThat(count("inbox_days")).isEqualTo(4);

    long laterMs = NOW_MS + Duration.ofHours(3).toMillis();
    assertThat(sequences(done(inbox.read(all(device), laterMs)))).containsExactly(5L);
    await().atMost(SOON).untilAsserted(() -> assertThat(count("inbox_days")).isEqualTo(3));
    assertThat(sequences(done(inbox.read(all(device), laterMs)))).containsExactly(5L);
  }

  @Test
  void an_entry_that_is_just_being_written_is_not_taken_off() {
    long oldMs = NOW_MS - 3 * DAY_MS;
    save(new Rows(device, List.of(stanza(1, oldMs))), NOW_MS);
    keyspace.session.execute("TRUNCATE inbox");
    assertThat(sequences(done(inbox.read(all(device), NOW_MS)))).isEmpty();
    save(new Rows(device, List.of(stanza(1, oldMs))), NOW_MS);
    assertThat(sequences(done(inbox.read(all(device), NOW_MS)))).containsExactly(1L);
  }

  @Test
  void batches_end_at_their_bounds() {
    assertThat(batches(10, 1_000_000, 95, 10)).isEqualTo(10);
    assertThat(batches(1_000, 10_000, 20, 2_000)).isEqualTo(5);
    assertThat(batches(1_000, 10_000, 3, 50_000)).isEqualTo(3);
  }

  private long batches(int rows, int bytes, int stanzas, int contentBytes) {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Inbox bounded =
        new CassandraInbox(
            keyspace.session, new InboxSettings(DataSize.ofBytes(bytes), rows, 2, 2, 9), meters);
    DeviceKey another = Samples.device();
    done(bounded.save(List.of(rows(another, 1)), NOW_MS));
    long before = meters.get("bluetick.inbox.request").tag("result", "done").timer().count();
    ByteString body = ByteString.copyFrom(new byte[contentBytes]);
    List<Stanza> many =
        LongStream.rangeClosed(1, stanzas).mapToObj(each -> stanza(each, NOW_MS, body)).toList();
    done(bounded.save(List.of(new Rows(another, many)), NOW_MS));
    assertThat(sequences(done(inbox.read(all(another), NOW_MS)))).hasSize(stanzas);
    return meters.get("bluetick.inbox.request").tag("result", "done").timer().count() - before;
  }

  @Test
  void a_corrupt_row_is_passed_over_and_counted() {
    save(rowsUpTo(device, 6, NOW_MS), NOW_MS);
    corrupt(2, "0x010203");
    corrupt(3, "null");
    Page page = done(inbox.read(new Read(device, 0, Long.MAX_VALUE, 2, 1), NOW_MS));
    assertThat(sequences(page)).containsExactly(1L, 4L);
    assertThat(page.isLast()).isFalse();
    Page rest = done(inbox.read(new Read(device, 1, 5, 1, 1), NOW_MS));
    assertThat(sequences(rest)).containsExactly(4L);
    assertThat(rest.isLast()).isTrue();
    assertThat(keyspace.meters.counter("bluetick.inbox.rows", "what", "corrupt").count())
        .isEqualTo(4);
  }

  @Test
  void without_cassandra_everything_ends_with_the_same_failure() {
    CqlSession closed = InboxKeyspace.open(settings);
    closed.execute("USE " + keyspace.session.getKeyspace().orElseThrow());
    Inbox away = new CassandraInbox(closed, InboxKeyspace.SETTINGS, new SimpleMeterRegistry());
    closed.close();
    List<Function<Inbox, CompletionStage<?>>> calls =
        List.of(
            inbox -> inbox.save(List.of(rowsUpTo(device, 10_000, NOW_MS)), NOW_MS),
            inbox -> inbox.read(all(device), NOW_MS),
            inbox -> inbox.measure(new Measure(device, 1, 1)),
            inbox -> inbox.delete(List.of(upTo(device, 1)), NOW_MS),
            inbox -> inbox.waiting(device.account()));
    for (Function<Inbox, CompletionStage<?>> call : calls) {
      assertThatThrownBy(() -> call.apply(away).toCompletableFuture().get())
          .hasCauseInstanceOf(InboxAwayException.class);
    }
  }

  private void corrupt(long sequence, String content) {
    keyspace.session.execute(
        "UPDATE inbox USING TIMESTAMP ? SET content = "
            + content
            + " WHERE account=? AND device=? AND registration=? AND day=? AND sequence=?",
        NOW_MS * 1_000 + 1,
        new UUID(device.account().high(), device.account().low()),
        device.device(),
        device.registration(),
        Bucket.dayOf(NOW_MS),
        sequence);
  }

  private void save(Rows rows, long nowMs) {
    done(inbox.save(List.of(rows), nowMs));
  }

  private Row one(String query) {
    return Objects.requireNonNull(keyspace.session.execute(query).one());
  }

  /** Of rows, not of marks. */
  private long count(String table) {
    return keyspace.session.execute("SELECT * FROM " + table).all().stream()
        .filter(row -> !row.getColumnDefinitions().contains("sequence") || !row.isNull("sequence"))
        .count();
  }
}
