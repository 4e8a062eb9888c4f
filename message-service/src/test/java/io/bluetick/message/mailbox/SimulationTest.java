package io.bluetick.message.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Nothing lost, nothing twice, in order, whoever dies: thousands of simulated worlds. A world is
 * run again, with its story, by {@code -Dsimulation.seed=SEED}.
 */
class SimulationTest {
  private static final int RUNS = Integer.getInteger("simulation.runs", 10_000);

  @Test
  void every_world_keeps_its_promises() {
    Long seed = Long.getLong("simulation.seed");
    if (seed != null) {
      assertThat(Simulation.story(seed)).isEmpty();
      return;
    }
    assertThat(LongStream.range(0, RUNS).filter(each -> !Simulation.run(each).isEmpty()).limit(3))
        .as("seeds whose world broke a promise: run them with -Dsimulation.seed=SEED")
        .isEmpty();
  }
}
