package io.bluetick.session.push;

import static io.bluetick.session.push.PushSamples.background;
import static io.bluetick.session.push.PushSamples.urgent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.protocol.DeviceAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class WakeUpsTest {
  private final MovingClock clock = new MovingClock();
  private final FakeTokens tokens = new FakeTokens();
  private final FakeSender sender = new FakeSender(PushKind.FCM);
  private final ScheduleSettings settings = PushSamples.schedule(1);
  private final Leaving redis = new Leaving(new LocalSchedule(PushSamples.PUSHES, settings, clock));
  private final PushMetrics metrics = new PushMetrics(new SimpleMeterRegistry());
  private final WakeUps wakeUps =
      new WakeUps(
          redis,
          new LocalSchedule(PushSamples.PUSHES, settings, clock),
          new Courier(
              new FakeConnections(),
              tokens,
              new Senders(List.of(sender)),
              new Courier.Context(
                  PushSamples.PUSHES, PushSamples.SENDING, clock, metrics, Runnable::run)),
          settings,
          clock,
          metrics);
  private final DeviceAddress device = device();

  private DeviceAddress device() {
    DeviceAddress address = PushSamples.device();
    tokens.put(address, 1, new PushToken.Fcm("token"));
    return address;
  }

  @Test
  void what_is_due_at_once_is_sent_at_once() {
    assertThat(wakeUps.take(List.of(urgent(device, clock)))).isTrue();
    assertThat(sender.sent()).hasSize(1);
  }

  @Test
  void what_waits_is_sent_by_a_tick() {
    wakeUps.take(List.of(urgent(device, clock)));
    clock.move(Duration.ofMillis(1));
    wakeUps.take(List.of(urgent(device, clock)));
    wakeUps.tick();
    assertThat(sender.sent()).hasSize(1);
    clock.move(Duration.ofSeconds(3));
    wakeUps.tick();
    assertThat(sender.sent()).hasSize(2);
  }

  @Test
  void while_redis_is_away_urgent_ones_go_and_are_collapsed() {
    redis.away = true;
    assertThat(wakeUps.take(List.of(urgent(device, clock)))).isTrue();
    clock.move(Duration.ofMillis(1));
    wakeUps.take(List.of(urgent(device, clock)));
    assertThat(sender.sent()).hasSize(1);
    clock.move(Duration.ofSeconds(3));
    wakeUps.tick();
    assertThat(sender.sent()).hasSize(2);
  }

  @Test
  void while_redis_is_away_background_ones_wait_and_nothing_is_safe() {
    redis.away = true;
    assertThat(wakeUps.take(List.of(background(device, clock)))).isFalse();
    assertThat(wakeUps.take(List.of(urgent(device(), clock)))).isFalse();
    assertThat(sender.sent()).hasSize(1);

    redis.away = false;
    clock.move(Duration.ofSeconds(1));
    wakeUps.tick();
    assertThat(sender.sent()).hasSize(2);
    assertThat(wakeUps.take(List.of())).isTrue();
  }

  @Test
  void redis_is_left_alone_for_a_moment_after_it_failed() {
    redis.away = true;
    wakeUps.take(List.of(urgent(device, clock)));
    wakeUps.take(List.of(urgent(device(), clock)));
    wakeUps.tick();
    assertThat(redis.calls).isEqualTo(1);
  }

  @Test
  void too_many_that_wait_stop_the_reading() {
    redis.away = true;
    DeviceAddress first = device();
    wakeUps.take(List.of(background(first, clock), background(device(), clock)));
    assertThat(wakeUps.take(List.of(background(first, clock)))).isFalse();
    assertThatThrownBy(() -> wakeUps.take(List.of(background(device(), clock))))
        .isInstanceOf(WakeUps.TooManyParkedException.class);
  }

  /** Redis, as far as a schedule knows it. */
  private static final class Leaving implements Schedule {
    private final Schedule schedule;
    private boolean away;
    private int calls;

    Leaving(Schedule schedule) {
      this.schedule = schedule;
    }

    private Schedule reached() {
      calls++;
      if (away) {
        throw new QueryTimeoutException("away");
      }
      return schedule;
    }

    @Override
    public List<Claim> admit(Collection<Wake> wakes) {
      return reached().admit(wakes);
    }

    @Override
    public Due due() {
      return reached().due();
    }

    @Override
    public void sent(Claim claim) {
      reached().sent(claim);
    }

    @Override
    public void settled(Claim claim) {
      reached().settled(claim);
    }

    @Override
    public void later(Claim claim, Instant due, int attempts) {
      reached().later(claim, due, attempts);
    }
  }
}
