package io.bluetick.client;

import io.bluetick.client.delivery.ClientEvent;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Brings events to their listener, on a thread of its own. */
final class Events implements AutoCloseable {
  /** So many may wait. A listener that is slower than the network slows it down. */
  static final int LIMIT = 10_000;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final Consumer<ClientEvent> listener;
  private final BlockingQueue<ClientEvent> waiting = new LinkedBlockingQueue<>(LIMIT);
  private final Thread thread;
  private volatile Runnable whenOnline = () -> {};
  private volatile boolean isClosed;

  Events(Consumer<ClientEvent> listener) {
    this.listener = listener;
    this.thread = Thread.ofPlatform().daemon().name("bluetick-events").unstarted(this::work);
  }

  void start() {
    thread.start();
  }

  /** What is to be tried again whenever there is a connection. */
  void whenOnline(Runnable then) {
    whenOnline = then;
  }

  void tell(ClientEvent event) {
    if (event instanceof ClientEvent.Online) {
      whenOnline.run();
    }
    try {
      waiting.put(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (!isClosed || !waiting.isEmpty()) {
      try {
        ClientEvent event = waiting.poll(100, TimeUnit.MILLISECONDS);
        if (event != null) {
          listener.accept(event);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // The listener's own; it must not end what it listens to.
        System.getLogger(Events.class.getName())
            .log(System.Logger.Level.WARNING, "a listener failed", e);
      }
    }
  }

  @Override
  public void close() {
    isClosed = true;
    try {
      if (!thread.equals(Thread.currentThread()) && !thread.join(CLOSE_LIMIT)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
