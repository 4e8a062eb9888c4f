package io.bluetick.gateway.limit;

import static org.awaitility.Awaitility.await;

import io.bluetick.platform.limit.Verdict;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.assertj.core.util.Throwables;
import reactor.core.publisher.Mono;

/** Waits for answers in tests, which may. */
final class TestAnswers {
  private TestAnswers() {}

  static Verdict of(Mono<Verdict> answer, Duration limit) {
    try {
      return answer.toFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(Throwables.getRootCause(e).getMessage(), e);
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  static void eventually(Supplier<Verdict> answer) {
    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptionsInstanceOf(IllegalStateException.class)
        .until(() -> answer.get() != null);
  }
}
