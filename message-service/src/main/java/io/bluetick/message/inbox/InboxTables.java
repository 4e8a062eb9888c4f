package io.bluetick.message.inbox;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.bluetick.message.mailbox.DeviceKey;
import io.bluetick.message.mailbox.Stanza;
import io.bluetick.protocol.AccountId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The tables and what is asked of them. Each statement may be repeated.
 *
 * <pre>
 *   inbox       account device registration day   | marks    sequence      | time expires content
 *               7c1e..  0      3            20457 | {1,2,..}               |
 *                                                 |          8796093026304 | ...  ...     Delivery
 *                                                 |          8796093030400 | ...  ...     Delivery
 *               partition                         | static   clustering    |
 *
 *   inbox_days  account | device registration day   | gone_up_to
 *               7c1e..  | 0      3            20457 | 8796093022208
 *                       | 0      3            20458 | -
 * </pre>
 *
 * <p><b>Days.</b> Where a row lies depends on itself alone (see {@link Bucket}). Which days may
 * hold rows is told by the second table, whose entries outlive the rows.
 *
 * <p><b>Gone.</b> What is deleted lies in the files for a while, and whoever reads from the
 * beginning would walk over it. {@code gone_up_to} says where to begin.
 *
 * <p><b>Marks.</b> Cassandra looks for what was deleted since only in a file in which something has
 * expired. So each bucket has five marks that nobody reads and that expire after one, two, four,
 * eight and sixteen days.
 *
 * <p><b>Times.</b> A row is written with the time of its stanza, or that of the day if a gateway's
 * clock is ahead; all else with the time of the day. So a deletion hides what a former owner of the
 * partition writes after it.
 */
final class InboxTables {
  /** Rows live no longer, whatever they say. */
  static final Duration ROW_LIFE = Duration.ofDays(30);

  /** An entry is remembered as written for a day, and must outlive what is written until then. */
  static final Duration DAY_LIFE = ROW_LIFE.plusDays(2);

  /**
   * So late a former owner may still write a stanza, and a save may still be under way: twice as
   * long as the log keeps commands.
   */
  static final Duration LATE = Duration.ofHours(2);

  private static final List<Byte> MARKS_DAYS =
      List.of((byte) 1, (byte) 2, (byte) 4, (byte) 8, (byte) 16);
  private static final int DAY_SECONDS = Math.toIntExact(DAY_LIFE.toSeconds());
  private static final String BUCKET = " WHERE account=? AND device=? AND registration=? AND day=?";

  private static final String ADD_ROW =
      "INSERT INTO inbox (account, device, registration, day, sequence, time, expires, content)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?";
  private static final String ADD_DAY =
      "INSERT INTO inbox_days (account, device, registration, day) VALUES (?, ?, ?, ?)"
          + " USING TIMESTAMP ? AND TTL ?";

  private final PreparedStatement addRow;
  private final PreparedStatement addDay;
  private final PreparedStatement addMark;
  private final PreparedStatement days;
  private final PreparedStatement daysOfAccount;
  private final PreparedStatement first;
  private final PreparedStatement rows;
  private final PreparedStatement sequences;
  private final PreparedStatement count;
  private final PreparedStatement deleteRows;
  private final PreparedStatement deleteBucket;
  private final PreparedStatement goneUpTo;
  private final PreparedStatement deleteDay;
  private final PreparedStatement deleteDays;

  /** What the table of days says: only what is newer than {@code goneUpTo} may be there. */
  record Day(Bucket bucket, long goneUpTo) {}

  InboxTables(CqlSession session) {
    addRow = prepare(session, ADD_ROW);
    addDay = prepare(session, ADD_DAY);
    addMark =
        prepare(session, "UPDATE inbox USING TIMESTAMP ? AND TTL ? SET marks = marks + ?" + BUCKET);
    String day = "SELECT account, device, registration, day, gone_up_to FROM inbox_days";
    days = prepare(session, day + " WHERE account=? AND device=? AND registration=?");
    daysOfAccount = prepare(session, day + " WHERE account=?");
    first = prepare(session, "SELECT sequence FROM inbox" + BUCKET + " AND sequence > ? LIMIT 1");
    rows =
        prepare(
            session,
            "SELECT sequence, time, expires, content FROM inbox"
                + BUCKET
                + " AND sequence > ? AND sequence < ? LIMIT ?");
    sequences =
        prepare(session, "SELECT sequence FROM inbox" + BUCKET + " AND sequence > ? LIMIT ?");
    count =
        prepare(
            session,
            "SELECT count(*) AS number, min(time) AS oldest FROM inbox"
                + BUCKET
                + " AND sequence > ?");
    deleteRows =
        prepare(session, "DELETE FROM inbox USING TIMESTAMP ?" + BUCKET + " AND sequence <= ?");
    deleteBucket = prepare(session, "DELETE FROM inbox USING TIMESTAMP ?" + BUCKET);
    goneUpTo =
        prepare(
            session, "UPDATE inbox_days USING TIMESTAMP ? AND TTL ? SET gone_up_to = ?" + BUCKET);
    deleteDay = prepare(session, "DELETE FROM inbox_days USING TIMESTAMP ?" + BUCKET);
    deleteDays =
        prepare(
            session,
            "DELETE FROM inbox_days USING TIMESTAMP ?"
                + " WHERE account=? AND device=? AND registration=?");
  }

  private static PreparedStatement prepare(CqlSession session, String cql) {
    return session.prepare(SimpleStatement.newInstance(cql).setIdempotent(true));
  }

  /** Of a stanza that has not expired. */
  BoundStatement addRow(Bucket bucket, Stanza stanza, ByteBuffer content, long nowMs) {
    long lifeMs = Math.min(stanza.expiresMs() - nowMs, ROW_LIFE.toMillis());
    int lifeSeconds = Math.toIntExact(Math.ceilDiv(lifeMs, 1_000L));
    return bind(
        addRow,
        bucket,
        stanza.sequence(),
        Instant.ofEpochMilli(stanza.timeMs()),
        Instant.ofEpochMilli(stanza.expiresMs()),
        content,
        micros(Math.min(stanza.timeMs(), nowMs)),
        lifeSeconds);
  }

  BoundStatement addDay(Bucket bucket, long nowMs) {
    return bind(addDay, bucket, micros(nowMs), DAY_SECONDS);
  }

  /** Of a bucket that is begun. */
  List<BoundStatement> addMarks(Bucket bucket, long nowMs) {
    return MARKS_DAYS.stream()
        .map(days -> {
          int lifeSeconds = Math.toIntExact(Duration.ofDays(days).toSeconds());
          List<Object> values = new ArrayList<>(List.of(micros(nowMs), lifeSeconds, Set.of(days)));
          values.addAll(key(bucket));
          return addMark.bind(values.toArray());
        })
        .toList();
  }

  BoundStatement days(DeviceKey device) {
    return days.bind(id(device.account()), device.device(), device.registration());
  }

  BoundStatement daysOf(AccountId account) {
    return daysOfAccount.bind(id(account));
  }

  /** The sequence of the first row. */
  BoundStatement first(Day day) {
    return bind(first, day.bucket(), day.goneUpTo());
  }

  BoundStatement rows(Bucket bucket, long after, long before, int limit) {
    return bind(rows, bucket, after, before, limit).setPageSize(limit);
  }

  /** Those of the oldest, in one page. */
  BoundStatement sequences(Day day, int limit) {
    return bind(sequences, day.bucket(), day.goneUpTo(), limit).setPageSize(limit);
  }

  /** How many rows there are, {@code number}, and when the {@code oldest} came. */
  BoundStatement count(Day day) {
    return bind(count, day.bucket(), day.goneUpTo());
  }

  /** What it takes to have no row up to here in this bucket. */
  BoundStatement deleteRows(Bucket bucket, long upTo, long nowMs) {
    return bindAt(deleteRows, nowMs, bucket, upTo);
  }

  BoundStatement deleteBucket(Bucket bucket, long nowMs) {
    return bindAt(deleteBucket, nowMs, bucket);
  }

  BoundStatement goneUpTo(Bucket bucket, long upTo, long nowMs) {
    List<Object> values = new ArrayList<>(List.of(micros(nowMs), DAY_SECONDS, upTo));
    values.addAll(key(bucket));
    return goneUpTo.bind(values.toArray());
  }

  /** An entry that is just being written stays. */
  BoundStatement deleteDay(Bucket bucket, long nowMs) {
    return bindAt(deleteDay, nowMs - LATE.toMillis(), bucket);
  }

  BoundStatement deleteDays(DeviceKey device, long nowMs) {
    return deleteDays.bind(
        micros(nowMs), id(device.account()), device.device(), device.registration());
  }

  private static BoundStatement bind(PreparedStatement statement, Bucket bucket, Object... others) {
    List<Object> values = key(bucket);
    values.addAll(List.of(others));
    return statement.bind(values.toArray());
  }

  private static BoundStatement bindAt(
      PreparedStatement statement, long timeMs, Bucket bucket, Object... others) {
    List<Object> values = new ArrayList<>();
    values.add(micros(timeMs));
    values.addAll(key(bucket));
    values.addAll(List.of(others));
    return statement.bind(values.toArray());
  }

  private static List<Object> key(Bucket bucket) {
    DeviceKey device = bucket.device();
    List<Object> key = new ArrayList<>(12);
    key.add(id(device.account()));
    key.add(device.device());
    key.add(device.registration());
    key.add(bucket.day());
    return key;
  }

  private static UUID id(AccountId account) {
    return new UUID(account.high(), account.low());
  }

  private static long micros(long timeMs) {
    return timeMs * 1_000;
  }
}
