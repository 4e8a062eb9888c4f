package io.bluetick.client.socket;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What is to be sent, one message after the other: the JDK's WebSocket takes the next only when it
 * has sent the one before. Who writes bounds it: no more waits than may be unaccepted, and a few
 * acknowledgements.
 */
final class Outgoing {
  private final Consumer<Throwable> onFailure;
  private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
  private boolean isSending;

  Outgoing(Consumer<Throwable> onFailure) {
    this.onFailure = onFailure;
  }

  synchronized void send(WebSocket socket, ByteBuffer message) {
    waiting.add(message);
    if (!isSending) {
      next(socket);
    }
  }

  private synchronized void next(WebSocket socket) {
    ByteBuffer message = waiting.poll();
    isSending = message != null;
    if (message != null) {
      var _ =
          socket
              .sendBinary(message, true)
              .whenComplete((_, failure) -> {
                if (failure == null) {
                  next(socket);
                } else {
                  onFailure.accept(failure);
                }
              });
    }
  }
}
