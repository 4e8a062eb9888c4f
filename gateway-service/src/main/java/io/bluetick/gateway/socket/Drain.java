package io.bluetick.gateway.socket;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends all devices away when the gateway stops, spread over time, so that its neighbours are not
 * overrun. Before the web server stops, which would cut them off.
 */
final class Drain implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
  private static final Duration SLICE = Duration.ofMillis(100);

  /** After its go-away a device comes back at once, as good as: the drain itself is the spread. */
  private static final int RETRY_LIMIT_MS = 1_000;

  /** What a device may take to leave by itself, and the ticks under way to reach it. */
  private static final Duration LEAVING_LIMIT = Duration.ofSeconds(2);

  private static final Duration GOODBYE_LIMIT = Duration.ofSeconds(1);

  private final SocketGroup sockets;
  private volatile boolean running;

  Drain(SocketGroup sockets) {
    this.sockets = sockets;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    sockets.drain();
    if (sockets.connections() == 0) {
      return;
    }
    LOG.info("event=draining connections={}", sockets.connections());
    Duration spread = sockets.context().settings().drainSpread();
    int slices = Math.toIntExact(Math.max(1, spread.dividedBy(SLICE)));
    for (int slice = 0; slice < slices && sockets.connections() > 0; slice++) {
      int turn = slice;
      sockets.forEach(connection -> {
        if (Math.floorMod(connection.number(), slices) == turn) {
          connection.leave(ThreadLocalRandom.current().nextInt(RETRY_LIMIT_MS));
        }
      });
      LockSupport.parkNanos(SLICE.toNanos());
    }
    awaitEmpty(LEAVING_LIMIT);
    sockets.forEach(SocketConnection::sendAway);
    awaitEmpty(GOODBYE_LIMIT);
    LOG.info("event=drained left={}", sockets.connections());
  }

  private void awaitEmpty(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (sockets.connections() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the web server, and before everything that the sockets need. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
