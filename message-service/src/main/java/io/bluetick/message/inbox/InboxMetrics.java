package io.bluetick.message.inbox;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.ReadTimeoutException;
import com.datastax.oss.driver.api.core.servererrors.WriteTimeoutException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What the inbox counts. All meters exist from the start. */
final class InboxMetrics {
  private final Counter saved;
  private final Counter read;
  private final Counter corrupt;
  private final Counter deletions;
  private final Timer done;
  private final Timer timeouts;
  private final Timer failed;

  InboxMetrics(MeterRegistry meters) {
    saved = meters.counter("bluetick.inbox.rows", "what", "saved");
    read = meters.counter("bluetick.inbox.rows", "what", "read");
    corrupt = meters.counter("bluetick.inbox.rows", "what", "corrupt");
    deletions = meters.counter("bluetick.inbox.deletions");
    done = meters.timer("bluetick.inbox.request", "result", "done");
    timeouts = meters.timer("bluetick.inbox.request", "result", "timeout");
    failed = meters.timer("bluetick.inbox.request", "result", "failed");
  }

  void saved(int rows) {
    saved.increment(rows);
  }

  void read(int rows) {
    read.increment(rows);
  }

  void corrupt(int rows) {
    corrupt.increment(rows);
  }

  /** Rows are deleted by ranges: how many there were nobody knows. */
  void deleted() {
    deletions.increment();
  }

  void answered(long sinceNanos, @Nullable Throwable failure) {
    of(failure).record(Duration.ofNanos(System.nanoTime() - sinceNanos));
  }

  private Timer of(@Nullable Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return switch (cause) {
      case null -> done;
      case DriverTimeoutException _, ReadTimeoutException _, WriteTimeoutException _ -> timeouts;
      default -> failed;
    };
  }
}
