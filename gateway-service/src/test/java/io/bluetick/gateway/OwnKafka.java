package io.bluetick.gateway;

import io.bluetick.devstack.Backend;
import io.bluetick.devstack.Devstack;
import io.bluetick.devstack.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;

/** A Kafka that a test may kill: its own, not the build's. */
public final class OwnKafka implements AutoCloseable {
  private final Devstack stack;

  private OwnKafka(Devstack stack) {
    this.stack = stack;
  }

  /**
   * Starts it.
   *
   * @param folder for its data; empty
   */
  public static OwnKafka start(Path folder) throws Exception {
    Devstack stack = Devstack.open(new Home(folder, cache())).orElseThrow();
    stack.start(EnumSet.of(Backend.KAFKA));
    return new OwnKafka(stack);
  }

  /** What the build's backends have unpacked already. */
  private static Path cache() {
    Path root = Path.of(System.getProperty("bluetick.root", "")).toAbsolutePath();
    while (!Files.exists(root.resolve(".mvn")) && root.getParent() != null) {
      root = root.getParent();
    }
    return root.resolve(".bluetick/cache");
  }

  public KafkaForTests clients() {
    return new KafkaForTests(stack.settings(Backend.KAFKA).getOrDefault("BLUETICK_KAFKA", ""), "");
  }

  /** Ends it as a crash would. */
  public void kill() throws InterruptedException {
    stack.kill(Backend.KAFKA);
  }

  /** Starts it again on its data, at the same address. */
  public void restart() throws Exception {
    stack.restart(Backend.KAFKA);
  }

  @Override
  public void close() throws IOException {
    stack.close();
  }
}
