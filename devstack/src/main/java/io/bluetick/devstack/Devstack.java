package io.bluetick.devstack;

import io.bluetick.devstack.artifact.Unpacker;
import io.bluetick.devstack.part.BackendContext;
import io.bluetick.devstack.part.BackendParts;
import io.bluetick.devstack.part.Jvm;
import io.bluetick.devstack.part.Part;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.process.Progress;
import io.bluetick.devstack.process.Supervisor;
import io.bluetick.devstack.system.Ports;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Real backends for tests: on free ports, with data that is thrown away.
 *
 * <pre>{@code
 * try (Devstack stack = Devstack.open(home).orElseThrow()) {
 *   stack.start(Set.of(Backend.KAFKA, Backend.REDIS));
 *   stack.settings(Backend.KAFKA).get("BLUETICK_KAFKA");
 * }
 * }</pre>
 */
public final class Devstack implements AutoCloseable {

  private final Supervisor supervisor;
  private final Map<Backend, Part> parts;

  private Devstack(Supervisor supervisor, Map<Backend, Part> parts) {
    this.supervisor = supervisor;
    this.parts = parts;
  }

  /** Empty if another process runs this home; else its old data is deleted. */
  public static Optional<Devstack> open(Home home) throws IOException, InterruptedException {
    BackendContext context = new BackendContext(home, new Jvm(home.cache(), Jvm.Aot.USE));
    PrimitiveIterator.OfInt ports =
        IntStream.of(Ports.free(2 * Backend.values().length)).iterator();
    Map<Backend, Part> parts = new EnumMap<>(Backend.class);
    for (Backend backend : Backend.values()) {
      parts.put(backend, BackendParts.of(backend, context, ports.nextInt(), ports.nextInt()));
    }
    Optional<Supervisor> supervisor =
        Supervisor.open(home, new ArrayList<>(parts.values()), Progress.silent());
    if (supervisor.isPresent()) {
      Unpacker.deleteTree(home.folder().resolve("data"));
      Unpacker.deleteTree(home.logs());
    }
    return supervisor.map(it -> new Devstack(it, parts));
  }

  /** Starts these side by side and waits until all are ready. */
  public void start(Set<Backend> backends) throws PartFailure {
    List<String> names = backends.stream().map(Backend::partName).toList();
    supervisor.start(Set.copyOf(names));
  }

  /** Starts a backend again on its data, after a kill or in full health. */
  public void restart(Backend backend) throws PartFailure {
    supervisor.restart(backend.partName());
  }

  /** Ends a backend as a crash would. */
  public void kill(Backend backend) throws InterruptedException {
    supervisor.kill(backend.partName());
  }

  /** The {@code BLUETICK_*} settings that lead a service to a backend. */
  public Map<String, String> settings(Backend backend) {
    Part part = parts.get(backend);
    if (part == null) {
      throw new IllegalStateException("every backend has a part");
    }
    return BackendSettings.address(backend, part.host(), part.port());
  }

  /** Kills all backends: nobody needs their data again. */
  @Override
  public void close() throws IOException {
    supervisor.killAll();
    supervisor.close();
  }
}
