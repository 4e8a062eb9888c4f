package io.bluetick.session.push;

import io.bluetick.platform.provision.Backoff;
import java.time.Clock;
import java.time.Instant;

/**
 * The way to one provider: so many pushes at once, and none for a while after it failed several
 * times in a row. After each pause one push tries whether it is back.
 */
final class Gate {

  /** Whether a push may go. */
  sealed interface Entry {
    /** It may, and must tell by {@link #succeeded} or {@link #failed} when it is over. */
    record Open() implements Entry {}

    /** Not before this time. */
    record Shut(Instant until) implements Entry {}
  }

  private final SendingSettings settings;
  private final Backoff pauses;
  private final Clock clock;
  private int underWay;
  private int failures;
  private Instant shutUntil = Instant.MIN;

  Gate(SendingSettings settings, Clock clock) {
    this.settings = settings;
    this.pauses = new Backoff(settings.circuitPause(), settings.longestPause());
    this.clock = clock;
  }

  synchronized Entry enter() {
    Instant now = clock.instant();
    if (now.isBefore(shutUntil)) {
      return new Entry.Shut(shutUntil);
    }
    int room = failures < settings.circuitFailures() ? settings.concurrency() : 1;
    if (underWay >= room) {
      return new Entry.Shut(now.plus(settings.busyDelay()));
    }
    underWay++;
    return new Entry.Open();
  }

  synchronized void succeeded() {
    underWay--;
    failures = 0;
  }

  synchronized void failed() {
    underWay--;
    Instant now = clock.instant();
    if (now.isBefore(shutUntil)) {
      return; // It was under way when it shut, and says nothing new.
    }
    failures++;
    int beyond = failures - settings.circuitFailures() + 1;
    if (beyond > 0) {
      shutUntil = now.plus(pauses.after(beyond));
    }
  }
}
