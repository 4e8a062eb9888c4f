package io.bluetick.bench.sessions;

import io.bluetick.bench.load.Failures;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Threads that do the same request many times. */
final class Workers {
  private static final long LIMIT_MINUTES = 10;

  private final int threads;
  private final Failures failures;

  Workers(int threads, Failures failures) {
    this.threads = threads;
    this.failures = failures;
  }

  /** One request, the n-th. */
  interface Request {
    void send(int number) throws IOException, InterruptedException;
  }

  /** What was done, by the clock. */
  record Done(int answered, double seconds) {
    double perSecond() {
      return answered / seconds;
    }
  }

  /** Each asks anew as soon as it is answered. */
  Done asFastAsPossible(int requests, Request request) throws InterruptedException {
    return run(threads, requests, (number, _) -> request.send(number));
  }

  /**
   * At a fixed rate, whatever the answers do. A request that had to wait for a free worker has
   * taken longer by that: it is timed from when it was due.
   */
  Done at(double perSecond, int requests, Request request, Latencies latencies)
      throws InterruptedException {
    double intervalNanos = 1e9 / perSecond;
    return run(
        threads * PACED_THREADS,
        requests,
        (number, start) -> {
          long due = start + (long) (number * intervalNanos);
          for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
          }
          request.send(number);
          latencies.add(System.nanoTime() - due);
        });
  }

  /** So many times more of them wait for their time than could ask at once. */
  private static final int PACED_THREADS = 8;

  private interface Step {
    void run(int number, long startNanos) throws IOException, InterruptedException;
  }

  private Done run(int count, int requests, Step step) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger answered = new AtomicInteger();
    long start = System.nanoTime();
    try (ExecutorService pool = Executors.newFixedThreadPool(count)) {
      for (int i = 0; i < count; i++) {
        pool.execute(() -> work(requests, step, next, answered, start));
      }
      pool.shutdown();
      if (!pool.awaitTermination(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        failures.add("not done within " + LIMIT_MINUTES + " minutes");
        pool.shutdownNow();
      }
    }
    return new Done(answered.get(), (System.nanoTime() - start) / 1e9);
  }

  private void work(
      int requests, Step step, AtomicInteger next, AtomicInteger answered, long start) {
    int number = next.getAndIncrement();
    while (number < requests) {
      try {
        step.run(number, start);
        answered.incrementAndGet();
      } catch (IOException | RuntimeException e) {
        failures.add(String.valueOf(e.getMessage()));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
      number = next.getAndIncrement();
    }
  }
}
