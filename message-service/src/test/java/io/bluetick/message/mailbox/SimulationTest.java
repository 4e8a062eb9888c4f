package io.bluetick.message.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Nothing lost, nothing twice, in order, whoever dies: thousands of simulated worlds. A world is
 * run again, and tells its story, with {@code BLUETICK_SIMULATION_SEED=SEED} in the environment.
 */
class SimulationTest {
  private static final String RUNS = "BLUETICK_SIMULATION_RUNS";
  private static final String SEED = "BLUETICK_SIMULATION_SEED";

  @Test
  void every_world_keeps_its_promises() {
    String seed = System.getenv(SEED);
    if (seed != null) {
      String story = Simulation.story(Long.parseLong(seed));
      System.out.println(story);
      assertThat(story).endsWith(Simulation.KEPT);
      return;
    }
    int runs = Integer.parseInt(System.getenv().getOrDefault(RUNS, "10000"));
    assertThat(LongStream.range(0, runs).filter(each -> !Simulation.run(each).isEmpty()).limit(3))
        .as("seeds whose world broke a promise: run them with %s", SEED)
        .isEmpty();
  }
}
