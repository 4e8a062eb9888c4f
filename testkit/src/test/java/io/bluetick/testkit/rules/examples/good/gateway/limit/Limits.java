package io.bluetick.testkit.rules.examples.good.gateway.limit;

import java.time.Clock;
import java.time.Instant;

public record Limits(Clock clock) {
  Instant resetsAt() {
    return Instant.now(clock).plusNanos(System.nanoTime());
  }
}
