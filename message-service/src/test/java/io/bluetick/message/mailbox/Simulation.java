package io.bluetick.message.mailbox;

/** Runs one world to its end. */
final class Simulation {
  static final String KEPT = "all promises were kept";

  private static final int STEPS = 300;

  private Simulation() {}

  /** What went wrong; empty if all promises held. */
  static String run(long seed) {
    return run(new World(seed, false));
  }

  private static String run(World world) {
    try {
      int steps = world.random.nextInt(STEPS);
      for (int i = 0; i < steps; i++) {
        world.step();
      }
      world.calm();
      Promises.check(world);
      return "";
    } catch (Violation e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** As {@link #run}, told step by step; the last line says how it ended. */
  static String story(long seed) {
    World world = new World(seed, true);
    String wrong = run(world);
    return String.join("\n", world.trace()) + "\n" + (wrong.isEmpty() ? KEPT : wrong);
  }
}
