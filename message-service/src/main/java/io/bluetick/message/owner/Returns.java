package io.bluetick.message.owner;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How results come back to the thread that owns the partitions, which may be waiting for records.
 * Bounded by what is asked: a result for each request, and a device has one at a time.
 */
final class Returns {
  private final Queue<Runnable> results = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isWaiting = new AtomicBoolean();
  private final Runnable waker;

  /**
   * Nothing has come yet.
   *
   * @param waker ends the owner's waiting, or its next one
   */
  Returns(Runnable waker) {
    this.waker = waker;
  }

  /** From any thread. */
  void add(Runnable result) {
    results.add(result);
    wake();
  }

  /** As {@link #add}, later. */
  void after(Duration delay, Runnable result) {
    CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, this::add)
        .execute(result);
  }

  /** Has the owner look about, if it waits. */
  void wake() {
    if (isWaiting.compareAndSet(true, false)) {
      waker.run();
    }
  }

  /** The owner is about to wait. False: it need not, something is there. */
  boolean mayWait() {
    isWaiting.set(true);
    if (results.isEmpty()) {
      return true;
    }
    isWaiting.set(false);
    return false;
  }

  void waited() {
    isWaiting.set(false);
  }

  /** On the owner's thread. Returns whether there was anything. */
  boolean runAll() {
    Runnable result = results.poll();
    boolean isAny = result != null;
    while (result != null) {
      result.run();
      result = results.poll();
    }
    return isAny;
  }
}
