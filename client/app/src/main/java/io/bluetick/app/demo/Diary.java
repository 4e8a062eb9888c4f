package io.bluetick.app.demo;

import io.bluetick.client.delivery.ClientEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a device heard and what it sent, since its connection began. Any thread writes and reads.
 */
final class Diary {
  /** Of each; a walk has some dozens. */
  private static final int LIMIT = 10_000;

  private final List<ClientEvent> heard = new ArrayList<>();
  private final List<byte[]> sent = new ArrayList<>();
  private long lastNanos;

  synchronized void begin() {
    heard.clear();
    sent.clear();
  }

  synchronized void heard(ClientEvent event) {
    if (heard.size() < LIMIT) {
      heard.add(event);
      lastNanos = System.nanoTime();
    }
  }

  synchronized void sent(byte[] frame) {
    if (sent.size() < LIMIT) {
      sent.add(frame);
    }
  }

  /** As the server reads them. */
  synchronized List<byte[]> frames() {
    return List.copyOf(sent);
  }

  synchronized long lastNanos() {
    return lastNanos;
  }

  synchronized boolean isOnline() {
    return last(event ->
            event instanceof ClientEvent.Online
                || event instanceof ClientEvent.Offline
                || event instanceof ClientEvent.Stopped)
        .filter(ClientEvent.Online.class::isInstance)
        .isPresent();
  }

  /** What is wrong, if the last thing heard was that. */
  synchronized Optional<String> trouble() {
    return last(_ -> true)
        .flatMap(event ->
            switch (event) {
              case ClientEvent.Offline(var why, var _) -> Optional.of(why);
              case ClientEvent.Stopped(var why) -> Optional.of(why);
              case ClientEvent.Trouble(var what) -> Optional.of(what);
              default -> Optional.empty();
            });
  }

  /** What came before all that had waited was here; empty until then. */
  synchronized Optional<Stream<ClientEvent>> beforeCaughtUp() {
    int end = heard.indexOf(new ClientEvent.CaughtUp());
    return end < 0 ? Optional.empty() : Optional.of(List.copyOf(heard.subList(0, end)).stream());
  }

  private Optional<ClientEvent> last(Predicate<ClientEvent> which) {
    return heard.reversed().stream().filter(which).findFirst();
  }
}
