package io.bluetick.platform.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Asks a backend at most once per period, however many probes come, and one at a time: a backend
 * that hangs holds one thread, not one per probe.
 */
public final class RememberedHealth implements HealthIndicator {
  private final HealthIndicator backend;
  private final Duration remember;
  private final Clock clock;

  private @Nullable Health last;
  private Instant validUntil = Instant.MIN;

  public RememberedHealth(HealthIndicator backend, Duration remember, Clock clock) {
    this.backend = backend;
    this.remember = remember;
    this.clock = clock;
  }

  @Override
  public synchronized @Nullable Health health() {
    Health known = last;
    if (known != null && !clock.instant().isAfter(validUntil)) {
      return known;
    }
    @Nullable Health fresh = backend.health();
    last = fresh;
    validUntil = clock.instant().plus(remember);
    return fresh;
  }
}
