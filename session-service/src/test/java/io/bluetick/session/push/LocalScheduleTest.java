package io.bluetick.session.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalScheduleTest extends ScheduleContract {
  private static final int LIMIT = 50;

  private final LocalSchedule schedule =
      new LocalSchedule(PushSamples.PUSHES, PushSamples.schedule(1), clock);

  @Override
  Schedule schedule() {
    return schedule;
  }

  @Test
  void beyond_its_limit_wake_ups_go_at_once_and_are_not_remembered() {
    List<Wake> many = wakes(LIMIT);
    assertThat(schedule.admit(many)).hasSize(LIMIT);
    Wake more = PushSamples.urgent(PushSamples.device(), clock);
    assertThat(schedule.admit(List.of(more))).hasSize(1);
    assertThat(schedule.admit(List.of(more))).hasSize(1);
    assertThat(schedule.due().waiting()).isEqualTo(LIMIT);
  }

  @Test
  void what_is_over_makes_room() {
    schedule.admit(wakes(LIMIT)).forEach(schedule::sent);
    clock.move(Duration.ofSeconds(4));
    Wake wake = PushSamples.urgent(PushSamples.device(), clock);
    assertThat(schedule.admit(List.of(wake))).hasSize(1);
    assertThat(schedule.admit(List.of(wake))).isEmpty();
  }

  private List<Wake> wakes(int count) {
    return IntStream.range(0, count)
        .mapToObj(_ -> PushSamples.urgent(PushSamples.device(), clock))
        .toList();
  }
}
