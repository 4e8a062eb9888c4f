package io.bluetick.bench.messages;

import io.bluetick.bench.device.SocketClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Messages at a fixed rate, whatever becomes of those before: each has its time, from which it is
 * timed, and if the generator or the server holds it up it has taken longer by that.
 *
 * <p>What is due is sent once a millisecond, and so up to one late. To wake up for each would take
 * the generator, on a virtual machine, more of the CPU than to send.
 */
final class OpenLoop {
  private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final SocketClient client;
  private final List<Correspondent> senders;
  private final double intervalNanos;
  private final long count;
  private long startNanos;
  private long sent;
  private volatile boolean isOver;

  /** In turn by each of these. */
  OpenLoop(SocketClient client, List<Correspondent> senders, double perSecond, long count) {
    this.client = client;
    this.senders = senders;
    this.intervalNanos = 1e9 / perSecond;
    this.count = count;
  }

  /** On the event loop. */
  boolean start() {
    startNanos = System.nanoTime();
    sendDue();
    return true;
  }

  void stop() {
    isOver = true;
  }

  boolean isOver() {
    return isOver;
  }

  private void sendDue() {
    if (isOver) {
      return;
    }
    long now = System.nanoTime();
    while (sent < count && due(sent) - now <= 0) {
      senders.get((int) (sent % senders.size())).send(due(sent));
      sent++;
    }
    if (sent == count) {
      isOver = true;
    } else {
      long wait = Math.max(due(sent), now + TURN_NANOS) - System.nanoTime();
      client.later(Duration.ofNanos(Math.max(0, wait)), this::sendDue);
    }
  }

  private long due(long number) {
    return startNanos + (long) (number * intervalNanos);
  }
}
