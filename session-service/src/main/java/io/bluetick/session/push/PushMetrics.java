package io.bluetick.session.push;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** What is counted of wake-ups and pushes. */
final class PushMetrics {

  /** Why nothing was sent. */
  enum Needless {
    /** It came too late to be of use. */
    STALE,
    /** The device is connected, or was since. */
    CONNECTED,
    /** The device has no token, and nothing wakes devices without one. */
    NO_TOKEN,
    /** Nothing is set that sends to its kind of token. */
    NO_SENDER,
    /** All attempts failed. */
    GIVEN_UP
  }

  private final MeterRegistry meters;
  private final Counter poisoned;
  private final Counter unaccounted;
  private final AtomicLong scheduled = new AtomicLong();

  PushMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.poisoned = meters.counter("bluetick.push.poisoned");
    this.unaccounted = meters.counter("bluetick.push.unaccounted");
    meters.gauge("bluetick.push.scheduled", scheduled);
  }

  /** A wake-up came: urgent, background or ephemeral. */
  void wakeUp(String priority) {
    meters.counter("bluetick.push.wakeups", "priority", priority).increment();
  }

  /** A record, or a wake-up in it, was not understood. */
  void poisoned() {
    poisoned.increment();
  }

  void pushed(PushKind kind, Outcome outcome) {
    String label =
        switch (outcome) {
          case Outcome.Sent _ -> "sent";
          case Outcome.TokenGone _ -> "token-gone";
          case Outcome.Retry _ -> "retry";
          case Outcome.Failed _ -> "failed";
        };
    meters.counter("bluetick.push.pushes", "kind", kind.label(), "outcome", label).increment();
  }

  void needless(Needless reason) {
    String label = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    meters.counter("bluetick.push.dropped", "reason", label).increment();
  }

  /** What became of a push could not be written down; it may be sent again. */
  void unaccounted() {
    unaccounted.increment();
  }

  void scheduled(long waiting) {
    scheduled.set(waiting);
  }
}
