package io.bluetick.message.inbox;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A lane to Cassandra, on which so many requests are on their way at once. Further ones wait here
 * in their order: no more than one checkpoint and the devices' reads bring.
 */
final class Requests {
  private final CqlSession session;
  private final int limit;
  private final InboxMetrics metrics;
  private final Queue<Request> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean isStarting;

  private record Request(Statement<?> statement, CompletableFuture<AsyncResultSet> answer) {}

  Requests(CqlSession session, int limit, InboxMetrics metrics) {
    this.session = session;
    this.limit = limit;
    this.metrics = metrics;
  }

  CompletionStage<AsyncResultSet> send(Statement<?> statement) {
    Request request = new Request(statement, new CompletableFuture<>());
    synchronized (this) {
      waiting.add(request);
      if (isStarting) {
        return request.answer(); // By whoever starts others just now.
      }
      isStarting = true;
    }
    startSome();
    return request.answer();
  }

  /** One thread at a time: a thousand that fail at once would else be a thousand calls deep. */
  private void startSome() {
    for (Request next = next(); next != null; next = next()) {
      start(next);
    }
  }

  private synchronized @Nullable Request next() {
    Request next = underWay < limit ? waiting.poll() : null;
    if (next == null) {
      isStarting = false;
    } else {
      underWay++;
    }
    return next;
  }

  private void start(Request request) {
    long began = System.nanoTime();
    CompletionStage<AsyncResultSet> sent;
    try {
      sent = session.executeAsync(request.statement());
    } catch (RuntimeException e) {
      sent = CompletableFuture.failedStage(e);
    }
    var _ =
        sent.whenComplete((rows, failure) -> {
          metrics.answered(began, failure);
          ended();
          if (failure == null) {
            request.answer().complete(rows);
          } else {
            request.answer().completeExceptionally(failure);
          }
        });
  }

  private void ended() {
    synchronized (this) {
      underWay--;
      if (isStarting || waiting.isEmpty()) {
        return;
      }
      isStarting = true;
    }
    startSome();
  }

  /** Fails when one of them does, but only when all have ended. */
  static CompletableFuture<Void> all(Collection<? extends CompletionStage<?>> stages) {
    return CompletableFuture.allOf(
        stages.stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  /** Whatever fails, the inbox is away. */
  static <T> CompletionStage<T> orAway(CompletionStage<T> stage) {
    CompletableFuture<T> told = new CompletableFuture<>();
    var _ =
        stage.whenComplete((value, failure) -> {
          if (failure == null) {
            told.complete(value);
          } else {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            told.completeExceptionally(new InboxAwayException(cause == null ? failure : cause));
          }
        });
    return told;
  }
}
