package io.bluetick.bench.stack;

import io.bluetick.devstack.part.Health;
import io.bluetick.devstack.part.Launch;
import io.bluetick.devstack.part.Part;
import io.bluetick.devstack.part.PartFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A Java program with further JVM options. They come last before the class path, so that they win.
 */
record TunedPart(Part part, List<String> jvmOptions) implements Part {

  /** Without what a training run recorded, and with all others that start at the same time. */
  private static final Duration START_LIMIT = Duration.ofMinutes(4);

  @Override
  public String name() {
    return part.name();
  }

  @Override
  public String host() {
    return part.host();
  }

  @Override
  public int port() {
    return part.port();
  }

  @Override
  public Set<Integer> ports() {
    return part.ports();
  }

  @Override
  public Set<String> needs() {
    return part.needs();
  }

  @Override
  public Launch prepare() throws IOException, InterruptedException, PartFailure {
    Launch launch = part.prepare();
    List<String> command = new ArrayList<>(launch.command());
    command.addAll(command.indexOf("-cp"), jvmOptions);
    return new Launch(command, launch.environment());
  }

  @Override
  public Health probe() {
    return part.probe();
  }

  @Override
  public Duration startLimit() {
    return START_LIMIT;
  }

  @Override
  public String stopSignal() {
    return part.stopSignal();
  }
}
