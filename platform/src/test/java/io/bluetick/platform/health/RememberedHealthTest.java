package io.bluetick.platform.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;

class RememberedHealthTest {

  private Instant now = Instant.EPOCH;

  @Test
  void a_backend_is_asked_once_per_period_however_many_probes_come() {
    AtomicInteger asked = new AtomicInteger();
    RememberedHealth health =
        new RememberedHealth(
            () -> asked.incrementAndGet() == 1 ? Health.up().build() : Health.down().build(),
            Duration.ofSeconds(1),
            new TestClock());
    assertThat(health.health()).isEqualTo(Health.up().build());
    now = now.plusMillis(1_000);
    assertThat(health.health()).isEqualTo(Health.up().build());
    now = now.plusMillis(1);
    assertThat(health.health()).isEqualTo(Health.down().build());
    assertThat(asked).hasValue(2);
  }

  private final class TestClock extends Clock {
    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
