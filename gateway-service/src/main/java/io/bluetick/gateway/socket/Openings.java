package io.bluetick.gateway.socket;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Admission: how many connections may be between upgrade and Welcome, and how many of them may ask
 * session-service at once. A storm of reconnects meets the first bound and is sent away for a
 * while; within it, the second keeps session-service from being overrun.
 */
final class Openings {
  private final int maxOpening;
  private final AtomicInteger opening = new AtomicInteger();
  private final AtomicInteger freeCalls;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  Openings(int maxOpening, int concurrentCalls) {
    this.maxOpening = maxOpening;
    this.freeCalls = new AtomicInteger(concurrentCalls);
  }

  /** Returns whether one more may begin to open; then {@link #leave} must follow, once. */
  boolean enter() {
    if (opening.incrementAndGet() > maxOpening) {
      opening.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    opening.decrementAndGet();
  }

  int count() {
    return opening.get();
  }

  /** Runs a call now or when its turn comes, in order; {@link #callEnded} must follow, once. */
  void call(Runnable call) {
    waiting.add(call);
    runWaiting();
  }

  void callEnded() {
    freeCalls.incrementAndGet();
    runWaiting();
  }

  private void runWaiting() {
    while (!waiting.isEmpty() && takeCall()) {
      Runnable next = waiting.poll();
      if (next == null) {
        freeCalls.incrementAndGet();
      } else {
        next.run();
      }
    }
  }

  private boolean takeCall() {
    int free = freeCalls.get();
    while (free > 0) {
      if (freeCalls.compareAndSet(free, free - 1)) {
        return true;
      }
      free = freeCalls.get();
    }
    return false;
  }
}
