package io.bluetick.session.linking;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.stereotype.Component;

/**
 * Who waits at this instance for the answer to an offer, one per offer. Each waits on a virtual
 * thread of its own, woken by a notice from Redis.
 */
@Component
class Waiters implements MessageListener, SmartLifecycle {
  private static final Duration FULL_RETRY = Duration.ofSeconds(5);

  private final Map<String, Waiter> byName = new ConcurrentHashMap<>();
  private final Semaphore places;
  private volatile boolean isRunning;

  Waiters(LinkingSettings settings, MeterRegistry meters) {
    this.places = new Semaphore(settings.waiters());
    Gauge.builder("bluetick.linking.waiters", byName, Map::size)
        .description("Companions that wait here for their primary")
        .register(meters);
  }

  /** Somebody who waits, until closed. */
  final class Waiter implements AutoCloseable {
    private final String name;
    private final Semaphore notices = new Semaphore(0);
    private volatile boolean isOver;

    private Waiter(String name) {
      this.name = name;
    }

    /** Whether there is no use in waiting on: a later one took over, or the process ends. */
    boolean isOver() {
      return isOver;
    }

    /** Returns at the next notice, or the last one that was not waited for. */
    void await(long nanos) {
      try {
        if (notices.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
          notices.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BluetickException(ErrorCode.UNAVAILABLE, "The server stops; try again.", e);
      }
    }

    private void end() {
      isOver = true;
      notices.release();
    }

    @Override
    public void close() {
      byName.remove(name, this);
      places.release();
    }
  }

  /** Ends the wait of whoever waited for the same. Throws {@code unavailable} if all is full. */
  Waiter enter(String name) {
    if (!places.tryAcquire()) {
      throw new BluetickException(
          ErrorCode.UNAVAILABLE, "Too many devices wait to be linked; try again.", FULL_RETRY);
    }
    Waiter waiter = new Waiter(name);
    Waiter before = byName.put(name, waiter);
    if (before != null) {
      before.end();
    }
    if (!isRunning) {
      waiter.end();
    }
    return waiter;
  }

  /** A notice: the body is the name of an offer that was answered. */
  @Override
  public void onMessage(Message message, byte @Nullable [] pattern) {
    Waiter waiter = byName.get(new String(message.getBody(), StandardCharsets.US_ASCII));
    if (waiter != null) {
      waiter.notices.release();
    }
  }

  int count() {
    return byName.size();
  }

  @Override
  public void start() {
    isRunning = true;
  }

  /** Before the web server waits for its requests: these would keep it for half a minute. */
  @Override
  public void stop() {
    isRunning = false;
    byName.values().forEach(Waiter::end);
  }

  @Override
  public boolean isRunning() {
    return isRunning;
  }
}
