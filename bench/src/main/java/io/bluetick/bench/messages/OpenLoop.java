package io.bluetick.bench.messages;

import io.bluetick.bench.device.SocketClient;
import java.time.Duration;
import java.util.List;

/**
 * Messages at a fixed rate, whatever becomes of those before: each has its time, from which it is
 * timed, and if the generator or the server holds it up it has taken longer by that.
 */
final class OpenLoop {
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
      client.later(Duration.ofNanos(Math.max(0, due(sent) - System.nanoTime())), this::sendDue);
    }
  }

  private long due(long number) {
    return startNanos + (long) (number * intervalNanos);
  }
}
