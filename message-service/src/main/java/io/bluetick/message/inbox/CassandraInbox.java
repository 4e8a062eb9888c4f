package io.bluetick.message.inbox;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.bluetick.message.inbox.InboxTables.Day;
import io.bluetick.message.mailbox.DeviceKey;
import io.bluetick.message.mailbox.Effect.Forget;
import io.bluetick.message.mailbox.Effect.Measure;
import io.bluetick.message.mailbox.Effect.Read;
import io.bluetick.message.mailbox.Effect.Rows;
import io.bluetick.message.mailbox.Outcome.Measured;
import io.bluetick.message.mailbox.Outcome.Page;
import io.bluetick.message.mailbox.Stanza;
import io.bluetick.protocol.AccountId;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/** The inbox in Cassandra; {@link InboxTables} draws its tables. */
final class CassandraInbox implements Inbox {
  /** An over-full queue loses no more at once; the next measure takes the rest. */
  static final int DROPPED_AT_ONCE = 20_000;

  /** What a row costs beside its content, about. */
  private static final int ROW_BYTES = 64;

  private final InboxTables tables;
  private final InboxMetrics metrics;
  private final Requests writes;
  private final Requests reads;
  private final KnownDays known;
  private final int batchRows;
  private final long batchBytes;

  CassandraInbox(CqlSession session, InboxSettings settings, MeterRegistry meters) {
    this.tables = new InboxTables(session);
    this.metrics = new InboxMetrics(meters);
    this.writes = new Requests(session, settings.writes(), metrics);
    this.reads = new Requests(session, settings.reads(), metrics);
    this.known = new KnownDays(settings.knownDays());
    this.batchRows = settings.batchRows();
    this.batchBytes = settings.batchSize().toBytes();
  }

  // ---- Writing ---------------------------------------------------------------------------------

  @Override
  public CompletionStage<Void> save(List<Rows> rows, long nowMs) {
    List<CompletionStage<?>> saves = new ArrayList<>();
    for (Rows ofDevice : rows) {
      Map<Bucket, List<Stanza>> buckets = new LinkedHashMap<>();
      for (Stanza stanza : ofDevice.stanzas()) {
        if (stanza.expiresMs() > nowMs) {
          Bucket bucket = new Bucket(ofDevice.device(), Bucket.dayOf(stanza.timeMs()));
          buckets.computeIfAbsent(bucket, _ -> new ArrayList<>()).add(stanza);
        }
      }
      buckets.forEach((bucket, stanzas) -> {
        if (!known.isWritten(bucket, nowMs)) {
          saves.add(
              writes
                  .send(tables.addDay(bucket, nowMs))
                  .thenRun(() -> known.written(bucket, nowMs)));
        }
        save(bucket, stanzas, nowMs, saves);
      });
    }
    return Requests.orAway(Requests.all(saves));
  }

  private void save(
      Bucket bucket, List<Stanza> stanzas, long nowMs, List<CompletionStage<?>> saves) {
    List<BatchableStatement<?>> batch = new ArrayList<>();
    long bytes = 0;
    for (Stanza stanza : stanzas) {
      byte[] content = stanza.content().toByteArray();
      int added = content.length + ROW_BYTES;
      if (!batch.isEmpty() && (batch.size() == batchRows || bytes + added > batchBytes)) {
        saves.add(write(batch));
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(tables.addRow(bucket, stanza, ByteBuffer.wrap(content), nowMs));
      bytes += added;
    }
    saves.add(write(batch));
  }

  private CompletionStage<?> write(List<BatchableStatement<?>> rows) {
    return writes.send(together(rows)).thenRun(() -> metrics.saved(rows.size()));
  }

  private static Statement<?> together(List<BatchableStatement<?>> statements) {
    return statements.size() == 1
        ? statements.getFirst()
        : BatchStatement.newInstance(DefaultBatchType.UNLOGGED, statements).setIdempotent(true);
  }

  // ---- Deleting --------------------------------------------------------------------------------

  @Override
  public CompletionStage<Void> delete(List<Forget> forgotten, long nowMs) {
    return Requests.orAway(
        Requests.all(forgotten.stream().map(forget -> delete(forget, nowMs)).toList()));
  }

  private CompletionStage<?> delete(Forget forget, long nowMs) {
    boolean isWhole = forget.upTo() == Long.MAX_VALUE;
    if (isWhole) {
      known.forget(forget.device(), nowMs);
    }
    return days(forget.device())
        .thenCompose(days -> writes.send(together(deletion(forget, days, nowMs, isWhole))))
        .thenRun(metrics::deleted);
  }

  /** Also where a former owner may write first now. */
  private List<BatchableStatement<?>> deletion(
      Forget forget, List<Day> days, long nowMs, boolean isWhole) {
    List<BatchableStatement<?>> statements = new ArrayList<>();
    Map<Bucket, Long> gone = new LinkedHashMap<>();
    int lastDay = Bucket.dayOf(nowMs);
    for (int day = Bucket.dayOf(nowMs - InboxTables.LATE.toMillis()); day <= lastDay; day++) {
      gone.put(new Bucket(forget.device(), day), Long.MAX_VALUE);
    }
    days.forEach(day -> gone.put(day.bucket(), day.goneUpTo()));
    gone.forEach((bucket, goneUpTo) -> {
      if (isWhole) {
        statements.add(tables.deleteBucket(bucket, nowMs));
      } else {
        statements.add(tables.deleteRows(bucket, forget.upTo(), nowMs));
        if (goneUpTo < forget.upTo()) {
          statements.add(tables.goneUpTo(bucket, forget.upTo(), nowMs));
        }
      }
    });
    if (isWhole) {
      statements.add(tables.deleteDays(forget.device(), nowMs));
    }
    return statements;
  }

  // ---- Reading ---------------------------------------------------------------------------------

  @Override
  public CompletionStage<Page> read(Read read, long nowMs) {
    if (read.before() <= read.after() + 1) {
      return CompletableFuture.completedFuture(
          new Page(read.device(), read.number(), List.of(), true));
    }
    return Requests.orAway(
        days(read.device())
            .thenCompose(days -> new PageReading(reads, tables, metrics, read, nowMs).of(days)));
  }

  @Override
  public CompletionStage<Measured> measure(Measure measure) {
    return Requests.orAway(
        days(measure.device())
            .thenCompose(this::count)
            .thenCompose(counts -> {
              long rows = counts.stream().mapToLong(Waiting::rows).sum();
              return rows <= measure.limit()
                  ? CompletableFuture.completedFuture(0L)
                  : nth(measure.device(), Math.min(rows - measure.keep(), DROPPED_AT_ONCE));
            })
            .thenApply(dropUpTo -> new Measured(measure.device(), dropUpTo)));
  }

  /** The sequence of the nth row of a device, or of the last if there are fewer. */
  private CompletionStage<Long> nth(DeviceKey device, long number) {
    int limit = Math.toIntExact(number);
    return days(device)
        .thenCompose(days ->
            each(days.stream().map(day -> reads.send(tables.sequences(day, limit))).toList()))
        .thenApply(answers ->
            answers.stream()
                .flatMapToLong(CassandraInbox::sequences)
                .sorted()
                .limit(number)
                .max()
                .orElse(0));
  }

  private static LongStream sequences(AsyncResultSet answer) {
    LongStream.Builder sequences = LongStream.builder();
    answer.currentPage().forEach(row -> sequences.add(row.getLong("sequence")));
    return sequences.build();
  }

  @Override
  public CompletionStage<List<Waiting>> waiting(AccountId account) {
    return Requests.orAway(
        reads
            .send(tables.daysOf(account))
            .thenCompose(answer -> count(days(answer)))
            .thenApply(CassandraInbox::byDevice));
  }

  private static List<Waiting> byDevice(List<Waiting> ofDays) {
    Map<DeviceKey, Waiting> devices = new LinkedHashMap<>();
    for (Waiting day : ofDays) {
      devices.merge(
          day.device(),
          day,
          (one, other) ->
              new Waiting(
                  one.device(),
                  one.rows() + other.rows(),
                  Math.min(one.oldestMs(), other.oldestMs())));
    }
    return List.copyOf(devices.values());
  }

  /** What waits, day by day; those without rows are left out. */
  private CompletionStage<List<Waiting>> count(List<Day> days) {
    return each(days.stream().map(this::count).toList())
        .thenApply(counts -> counts.stream().filter(day -> day.rows() > 0).toList());
  }

  private CompletionStage<Waiting> count(Day day) {
    return reads
        .send(tables.count(day))
        .thenApply(answer -> {
          Row row = answer.one();
          var oldest = row == null ? null : row.getInstant("oldest");
          return row == null || oldest == null
              ? new Waiting(day.bucket().device(), 0, 0)
              : new Waiting(day.bucket().device(), row.getLong("number"), oldest.toEpochMilli());
        });
  }

  private CompletionStage<List<Day>> days(DeviceKey device) {
    return reads.send(tables.days(device)).thenApply(CassandraInbox::days);
  }

  private static List<Day> days(AsyncResultSet answer) {
    List<Day> days = new ArrayList<>();
    for (Row row : answer.currentPage()) {
      UUID id = row.getUuid("account");
      if (id != null) {
        AccountId account =
            new AccountId(id.getMostSignificantBits(), id.getLeastSignificantBits());
        DeviceKey device = new DeviceKey(account, row.getInt("device"), row.getInt("registration"));
        days.add(new Day(new Bucket(device, row.getInt("day")), row.getLong("gone_up_to")));
      }
    }
    return days;
  }

  private static <T> CompletionStage<List<T>> each(List<CompletionStage<T>> stages) {
    return Requests.all(stages)
        .thenApply(_ -> stages.stream().map(each -> each.toCompletableFuture().join()).toList());
  }
}
