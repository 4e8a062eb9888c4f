package io.bluetick.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void seconds_are_read() {
    assertThat(RetryAfter.parse(" 604800 ", NOW)).contains(Duration.ofDays(7));
  }

  @Test
  void date_is_read_as_the_time_until_then() {
    assertThat(RetryAfter.parse("Sat, 21 Nov 2026 10:00:42 GMT", NOW))
        .contains(Duration.ofSeconds(42));
    assertThat(RetryAfter.parse("Sat, 21 Nov 2026 09:00:00 GMT", NOW)).contains(Duration.ZERO);
  }

  @Test
  void wait_is_bounded() {
    assertThat(RetryAfter.parse("999999999", NOW)).contains(RetryAfter.LIMIT);
  }

  @Test
  void nonsense_is_no_wait() {
    assertThat(RetryAfter.parse("-1", NOW)).isEmpty();
    assertThat(RetryAfter.parse("soon", NOW)).isEmpty();
    assertThat(RetryAfter.parse("99999999999999999999", NOW)).isEmpty();
  }
}
