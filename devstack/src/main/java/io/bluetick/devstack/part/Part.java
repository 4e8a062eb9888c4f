package io.bluetick.devstack.part;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/** One process of the stack: how it is started, where it answers, when it is ready. */
public interface Part {

  /** As it is called in every command and table. */
  String name();

  /** The address it listens on. */
  String host();

  /** The port that others use. */
  int port();

  /** Every port it binds: all are checked before it starts. */
  default Set<Integer> ports() {
    return Set.of(port());
  }

  /** The parts that must be ready before this one starts, and stop after it. */
  default Set<String> needs() {
    return Set.of();
  }

  /** Brings programs, configuration and folders onto the disk, and says what to run. Idempotent. */
  Launch prepare() throws IOException, InterruptedException, PartFailure;

  /** Asks the running process. Bounded to about a second. */
  Health probe();

  /** Whether it ends by itself, which only a training run does. */
  default boolean endsByItself() {
    return false;
  }

  /** How long it may take from its start to ready on a busy laptop. */
  default Duration startLimit() {
    return Duration.ofSeconds(90);
  }

  /** The signal that means: finish, but do not wait for clients. */
  default String stopSignal() {
    return "TERM";
  }
}
