package io.bluetick.bench.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.bench.load.Failures;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkersTest {
  private final Failures failures = new Failures();

  @Test
  void every_request_is_sent_once_and_several_at_a_time() throws Exception {
    Set<Integer> sent = ConcurrentHashMap.newKeySet();
    CountDownLatch together = new CountDownLatch(4);
    Workers.Done done =
        new Workers(4, failures)
            .asFastAsPossible(
                100,
                number -> {
                  together.countDown();
                  together.await();
                  assertThat(sent.add(number)).isTrue();
                });
    assertThat(done.answered()).isEqualTo(100);
    assertThat(sent).isEqualTo(IntStream.range(0, 100).boxed().collect(Collectors.toSet()));
    assertThat(failures.total()).isZero();
  }

  @Test
  void a_failure_is_counted_by_its_reason_and_not_as_answered() throws Exception {
    Workers.Done done =
        new Workers(2, failures)
            .asFastAsPossible(
                10,
                number -> {
                  if (number % 2 == 0) {
                    throw new IOException("even");
                  }
                });
    assertThat(done.answered()).isEqualTo(5);
    assertThat(failures.byReason()).containsOnlyKeys("even").containsValue(5L);
  }

  @Test
  void a_rate_is_kept_and_waiting_for_a_worker_counts() throws Exception {
    Latencies latencies = new Latencies(200);
    long start = System.nanoTime();
    Workers.Done done = new Workers(1, failures).at(1_000, 200, _ -> {}, latencies);
    assertThat(System.nanoTime() - start).isGreaterThan(199_000_000L);
    assertThat(done.answered()).isEqualTo(200);
  }

  @Test
  void waiting_for_a_worker_counts() throws Exception {
    Latencies late = new Latencies(100);
    long stalledUntil = System.nanoTime() + 150_000_000L;
    new Workers(1, failures)
        .at(
            1_000,
            100,
            _ -> {
              while (System.nanoTime() < stalledUntil) {
                Thread.onSpinWait();
              }
            },
            late);
    assertThat(late.percentileMs(0.5).orElseThrow()).isGreaterThan(80);
  }
}
