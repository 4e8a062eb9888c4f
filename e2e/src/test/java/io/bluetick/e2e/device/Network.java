package io.bluetick.e2e.device;

import io.bluetick.bench.device.SocketClient;
import io.bluetick.bench.device.Target;
import io.bluetick.e2e.history.History;
import java.time.Duration;

/** What devices live on: one event loop for all of them, a gateway, and who writes it all down. */
public final class Network implements AutoCloseable {
  private final SocketClient sockets = SocketClient.start(1);
  private final Target target;
  private final History history = new History();

  public Network(Target target) {
    this.target = target;
  }

  public History history() {
    return history;
  }

  Target target() {
    return target;
  }

  SocketClient sockets() {
    return sockets;
  }

  /** Does something on the event loop. */
  void execute(Runnable work) {
    sockets.later(Duration.ZERO, work);
  }

  void later(Duration delay, Runnable work) {
    sockets.later(delay, work);
  }

  @Override
  public void close() {
    sockets.close();
  }
}
