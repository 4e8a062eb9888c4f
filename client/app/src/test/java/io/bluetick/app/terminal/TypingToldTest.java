package io.bluetick.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.app.device.FakeDevice;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TypingToldTest {
  private final FakeDevice device = FakeDevice.withAnna();
  private Instant now = FakeDevice.NOON;
  private final TypingTold typing =
      new TypingTold(device.connect(_ -> {}), FakeDevice.ANNA, () -> now);

  @AfterEach
  void close() {
    device.close();
  }

  @Test
  void keys_are_told_once_in_a_while() {
    typing.key();
    after(Duration.ofSeconds(4));
    typing.key();
    after(Duration.ofSeconds(4));
    typing.key();
    assertThat(device.calls).containsExactly("typing true", "typing true");
  }

  @Test
  void five_seconds_without_a_key_are_told_once() {
    typing.key();
    after(TypingTold.STOPPED_AFTER.minusMillis(1));
    typing.beat();
    assertThat(device.calls).containsExactly("typing true");
    after(Duration.ofMillis(1));
    typing.beat();
    assertThat(device.calls).containsExactly("typing true", "typing false");
    typing.beat();
    typing.stop();
    assertThat(device.calls).hasSize(2);
    typing.key();
    assertThat(device.calls).last().isEqualTo("typing true");
  }

  @Test
  void sending_ends_it_and_the_next_key_is_told_at_once() {
    typing.stop();
    typing.key();
    typing.stop();
    typing.key();
    assertThat(device.calls).containsExactly("typing true", "typing false", "typing true");
  }

  private void after(Duration time) {
    now = now.plus(time);
  }
}
