package io.bluetick.session.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.session.push.Gate.Entry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GateTest {
  private final MovingClock clock = new MovingClock();
  private final Gate gate = new Gate(PushSamples.SENDING, clock);

  @Test
  void so_many_go_at_once_and_the_next_when_one_is_over() {
    open();
    open();
    assertThat(gate.enter()).isEqualTo(shutFor(Duration.ofSeconds(1)));
    gate.succeeded();
    open();
  }

  @Test
  void after_failures_in_a_row_nobody_goes_for_a_while() {
    fail(3);
    assertThat(gate.enter()).isEqualTo(shutFor(Duration.ofSeconds(5)));
  }

  @Test
  void a_success_between_failures_keeps_it_open() {
    fail(2);
    open();
    gate.succeeded();
    fail(2);
    open();
  }

  @Test
  void after_the_pause_one_goes_and_opens_it_for_all() {
    fail(3);
    clock.move(Duration.ofSeconds(5));
    open();
    assertThat(gate.enter()).isEqualTo(shutFor(Duration.ofSeconds(1)));
    gate.succeeded();
    open();
    open();
  }

  @Test
  void pauses_double_while_the_one_fails() {
    fail(3);
    clock.move(Duration.ofSeconds(5));
    fail(1);
    assertThat(gate.enter()).isEqualTo(shutFor(Duration.ofSeconds(10)));
    clock.move(Duration.ofSeconds(10));
    fail(1);
    assertThat(gate.enter()).isEqualTo(shutFor(Duration.ofSeconds(20)));
  }

  @Test
  void what_was_under_way_when_it_shut_does_not_lengthen_the_pause() {
    fail(1);
    open();
    open();
    gate.failed();
    gate.failed();
    assertThat(gate.enter()).isEqualTo(shutFor(Duration.ofSeconds(5)));
    clock.move(Duration.ofSeconds(5));
    fail(1);
    assertThat(gate.enter()).isEqualTo(shutFor(Duration.ofSeconds(10)));
  }

  private void open() {
    assertThat(gate.enter()).isEqualTo(new Entry.Open());
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      open();
      gate.failed();
    }
  }

  private Entry shutFor(Duration time) {
    return new Entry.Shut(clock.instant().plus(time));
  }
}
