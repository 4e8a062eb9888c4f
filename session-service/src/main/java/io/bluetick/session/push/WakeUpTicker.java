package io.bluetick.session.push;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks again and again for wake-ups that are due. */
final class WakeUpTicker implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(WakeUpTicker.class);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

  private final WakeUps wakeUps;
  private final Duration poll;
  private volatile boolean running;
  private @Nullable Thread thread;

  WakeUpTicker(WakeUps wakeUps, Duration poll) {
    this.wakeUps = wakeUps;
    this.poll = poll;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofVirtual().name("push-ticker").start(this::run);
  }

  @Override
  public void stop() {
    running = false;
    Thread ticking = thread;
    thread = null;
    if (ticking != null) {
      LockSupport.unpark(ticking);
      try {
        // What it needs is stopped next.
        ticking.join(STOP_LIMIT);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void run() {
    while (running) {
      try {
        wakeUps.tick();
      } catch (RuntimeException e) {
        LOG.error("event=push_tick_failed", e);
      }
      LockSupport.parkNanos(poll.toNanos());
    }
  }
}
