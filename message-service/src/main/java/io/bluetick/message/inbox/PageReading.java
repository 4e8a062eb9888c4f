package io.bluetick.message.inbox;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.message.inbox.InboxTables.Day;
import io.bluetick.message.mailbox.Effect.Read;
import io.bluetick.message.mailbox.Outcome.Page;
import io.bluetick.message.mailbox.Stanza;
import io.bluetick.protocol.v1.Delivery;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One page out of a device's days. Sequences and days grow together but for the difference of the
 * gateways' clocks: so days are opened in the order of their first rows, and no more of them than
 * the page needs. Mostly that is one.
 *
 * <p>A row that is no use, because it has expired or is corrupt, takes no place in the page: a page
 * of nothing else would be asked for again and again.
 */
final class PageReading {
  private static final Logger log = LoggerFactory.getLogger(PageReading.class);
  private static final Comparator<Row> BY_SEQUENCE =
      Comparator.comparingLong(PageReading::sequence);

  private final Requests requests;
  private final InboxTables tables;
  private final InboxMetrics metrics;
  private final Read read;
  private final long nowMs;
  private final List<Stanza> found = new ArrayList<>();
  private int corrupt;

  /** A day, and the sequence before which it holds nothing. */
  private record Opening(Day day, long from) {}

  PageReading(Requests requests, InboxTables tables, InboxMetrics metrics, Read read, long nowMs) {
    this.requests = requests;
    this.tables = tables;
    this.metrics = metrics;
    this.read = read;
    this.nowMs = nowMs;
  }

  CompletionStage<Page> of(List<Day> days) {
    if (days.size() == 1 && KnownDays.isRecent(days.getFirst().bucket().day(), nowMs)) {
      return gather(List.of(new Opening(days.getFirst(), 0)), read.after());
    }
    List<CompletableFuture<@Nullable Opening>> openings =
        days.stream().map(day -> opening(day).toCompletableFuture()).toList();
    return Requests.all(openings)
        .thenCompose(_ -> {
          List<Opening> open = new ArrayList<>();
          for (CompletableFuture<@Nullable Opening> each : openings) {
            Opening opening = each.join();
            if (opening != null) {
              open.add(opening);
            }
          }
          return gather(open, read.after());
        });
  }

  /** Null for a day without rows; one to which nothing comes any more is taken off the list. */
  private CompletionStage<@Nullable Opening> opening(Day day) {
    return requests
        .send(tables.first(day))
        .thenApply(rows -> {
          Row row = rows.one();
          if (row != null) {
            return new Opening(day, sequence(row));
          }
          if (day.bucket().day() < Bucket.dayOf(nowMs) - 1) {
            var _ = requests.send(tables.deleteDay(day.bucket(), nowMs));
          }
          return null;
        });
  }

  private CompletionStage<Page> gather(List<Opening> openings, long after) {
    PriorityQueue<Opening> closed =
        new PriorityQueue<>(Comparator.comparingLong(each -> Math.max(each.from(), after + 1)));
    openings.stream().filter(each -> each.from() < read.before()).forEach(closed::add);
    return open(closed, after, new ArrayList<>())
        .thenCompose(rows -> {
          boolean isAll = rows.size() <= read.limit();
          List<Row> oldest = isAll ? rows : rows.subList(0, read.limit() + 1);
          oldest.forEach(this::take);
          return isAll || found.size() > read.limit()
              ? CompletableFuture.completedFuture(page())
              : gather(openings, sequence(oldest.getLast()));
        });
  }

  /** Rows in order, and among the first of them, one more than a page, none is missing. */
  private CompletionStage<List<Row>> open(
      PriorityQueue<Opening> closed, long after, List<Row> rows) {
    Opening next = closed.peek();
    int limit = read.limit();
    if (next == null || (rows.size() > limit && sequence(rows.get(limit)) < next.from())) {
      return CompletableFuture.completedFuture(rows);
    }
    closed.remove();
    long from = Math.max(after, next.day().goneUpTo());
    return requests
        .send(tables.rows(next.day().bucket(), from, read.before(), limit + 1))
        .thenCompose(answer -> {
          answer.currentPage().forEach(rows::add);
          rows.sort(BY_SEQUENCE);
          return open(closed, after, rows);
        });
  }

  private void take(Row row) {
    Instant expires = row.getInstant("expires");
    Instant time = row.getInstant("time");
    ByteBuffer content = row.getByteBuffer("content");
    if (expires == null || time == null || content == null) {
      corrupt++;
    } else if (expires.toEpochMilli() > nowMs) {
      try {
        Delivery delivery = Delivery.parseFrom(content);
        found.add(new Stanza(sequence(row), time.toEpochMilli(), expires.toEpochMilli(), delivery));
      } catch (InvalidProtocolBufferException e) {
        corrupt++;
      }
    }
  }

  private Page page() {
    if (corrupt > 0) {
      metrics.corrupt(corrupt);
      log.atError()
          .addKeyValue("device", read.device().toString())
          .addKeyValue("rows", corrupt)
          .log("inbox_rows_corrupt");
    }
    boolean isLast = found.size() <= read.limit();
    List<Stanza> rows = List.copyOf(isLast ? found : found.subList(0, read.limit()));
    metrics.read(rows.size());
    return new Page(read.device(), read.number(), rows, isLast);
  }

  private static long sequence(Row row) {
    return Objects.requireNonNull(row.get("sequence", Long.class));
  }
}
