package io.bluetick.gateway.socket;

import io.bluetick.platform.kafka.Durable;
import java.util.concurrent.atomic.AtomicInteger;

/** A send that waits to be durable in all the mailboxes it concerns; then its sender is told. */
final class Tick implements Durable {
  final SocketConnection connection;
  final long counter;
  final long timeMs;
  private final AtomicInteger open;

  Tick(SocketConnection connection, long counter, long timeMs, int mailboxes) {
    this.connection = connection;
    this.counter = counter;
    this.timeMs = timeMs;
    this.open = new AtomicInteger(mailboxes);
  }

  @Override
  public void onDurable() {
    if (open.decrementAndGet() == 0) {
      connection.loop().ticked(this);
    }
  }
}
