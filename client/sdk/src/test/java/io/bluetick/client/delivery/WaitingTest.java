package io.bluetick.client.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.client.delivery.Waiting.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final Waiting waiting = new Waiting(List.of(new Frame(4, 1), new Frame(5, 3)));
  private final Turn turn = new Turn();

  @Test
  void what_is_new_takes_its_place_by_its_counter() {
    waiting.add(6, 2, turn);
    assertThat(waiting.first(2)).containsExactly(new Frame(4, 1), new Frame(6, 2));
    assertThat(waiting.size()).isEqualTo(3);
  }

  @Test
  void a_repair_waits_behind_the_frame_of_its_counter() {
    waiting.add(6, 1, turn);
    assertThat(waiting.first(9)).containsExactly(new Frame(4, 1), new Frame(5, 3));
  }

  @Test
  void what_was_undone_does_not_wait() {
    Turn.Mark mark = turn.mark();
    waiting.add(6, 2, turn);
    waiting.add(7, 3, turn);
    turn.back(mark);
    assertThat(waiting.first(9)).containsExactly(new Frame(4, 1), new Frame(5, 3));
  }
}
