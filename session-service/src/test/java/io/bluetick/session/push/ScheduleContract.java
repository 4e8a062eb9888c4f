package io.bluetick.session.push;

import static io.bluetick.session.push.PushSamples.background;
import static io.bluetick.session.push.PushSamples.device;
import static io.bluetick.session.push.PushSamples.urgent;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.DeviceAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every schedule keeps to. */
abstract class ScheduleContract {
  final MovingClock clock = new MovingClock();
  final DeviceAddress device = device();

  abstract Schedule schedule();

  @Test
  void the_first_wake_up_goes_at_once() {
    Wake wake = urgent(device, clock);
    assertThat(schedule().admit(List.of(wake))).containsExactly(new Claim(wake, 0));
    assertThat(schedule().due().claims()).isEmpty();
  }

  @Test
  void one_within_the_interval_is_covered_by_one_at_its_end() {
    send(urgent(device, clock));
    clock.move(Duration.ofSeconds(1));
    schedule().admit(List.of(urgent(device, clock)));
    clock.move(Duration.ofMillis(500));
    Wake newest = urgent(device, clock);

    assertThat(schedule().admit(List.of(newest))).isEmpty();
    clock.move(Duration.ofMillis(1_499));
    assertThat(schedule().due()).isEqualTo(new Schedule.Due(List.of(), 1));
    clock.move(Duration.ofMillis(1));
    assertThat(schedule().due().claims()).containsExactly(new Claim(newest, 0));
    assertThat(schedule().due().claims()).isEmpty();
  }

  @Test
  void background_ones_keep_twenty_minutes_apart() {
    send(background(device, clock));
    clock.move(Duration.ofMinutes(5));
    Wake second = background(device, clock);
    assertThat(schedule().admit(List.of(second))).isEmpty();

    clock.move(Duration.ofMinutes(15).minusMillis(1));
    assertThat(schedule().due().claims()).isEmpty();
    clock.move(Duration.ofMillis(1));
    assertThat(schedule().due().claims()).containsExactly(new Claim(second, 0));
    schedule().sent(new Claim(second, 0));

    clock.move(Duration.ofMinutes(20));
    Wake third = background(device, clock);
    assertThat(schedule().admit(List.of(third))).hasSize(1);
  }

  @Test
  void an_urgent_one_does_not_wait_for_a_background_one() {
    send(background(device, clock));
    clock.move(Duration.ofMillis(1));
    assertThat(schedule().admit(List.of(urgent(device, clock)))).hasSize(1);
  }

  @Test
  void one_that_comes_again_is_covered() {
    Wake wake = urgent(device, clock);
    send(wake);
    clock.move(Duration.ofSeconds(4));
    assertThat(schedule().admit(List.of(wake))).isEmpty();
    assertThat(schedule().due().waiting()).isZero();
  }

  @Test
  void one_that_comes_while_another_is_sent_waits_for_the_interval() {
    Wake first = urgent(device, clock);
    schedule().admit(List.of(first));
    clock.move(Duration.ofMillis(10));
    Wake second = urgent(device, clock);
    assertThat(schedule().admit(List.of(second))).isEmpty();
    schedule().sent(new Claim(first, 0));

    assertThat(schedule().due().claims()).isEmpty();
    clock.move(Duration.ofSeconds(3));
    assertThat(schedule().due().claims()).containsExactly(new Claim(second, 0));
  }

  @Test
  void one_that_need_not_be_sent_makes_none_wait() {
    Wake first = background(device, clock);
    schedule().admit(List.of(first));
    schedule().settled(new Claim(first, 0));
    assertThat(schedule().due().waiting()).isZero();

    clock.move(Duration.ofSeconds(1));
    assertThat(schedule().admit(List.of(background(device, clock)))).hasSize(1);
  }

  @Test
  void what_is_given_back_comes_later_and_counts_its_attempts() {
    Wake wake = urgent(device, clock);
    schedule().admit(List.of(wake));
    schedule().later(new Claim(wake, 0), clock.instant().plusSeconds(7), 1);

    clock.move(Duration.ofMillis(6_999));
    assertThat(schedule().due().claims()).isEmpty();
    clock.move(Duration.ofMillis(1));
    assertThat(schedule().due().claims()).containsExactly(new Claim(wake, 1));
  }

  @Test
  void a_claim_of_somebody_who_died_is_given_out_again_when_its_lease_ends() {
    Wake wake = urgent(device, clock);
    schedule().admit(List.of(wake));
    clock.move(Duration.ofMinutes(1).minusMillis(1));
    assertThat(schedule().due().claims()).isEmpty();
    clock.move(Duration.ofMillis(1));
    assertThat(schedule().due().claims()).containsExactly(new Claim(wake, 0));
    assertThat(schedule().due().claims()).isEmpty();
  }

  @Test
  void devices_do_not_wait_for_each_other() {
    send(urgent(device, clock));
    Wake other = urgent(device(), clock);
    assertThat(schedule().admit(List.of(urgent(device, clock), other)))
        .containsExactly(new Claim(other, 0));
  }

  private void send(Wake wake) {
    List<Claim> claims = schedule().admit(List.of(wake));
    assertThat(claims).hasSize(1);
    schedule().sent(claims.getFirst());
  }
}
