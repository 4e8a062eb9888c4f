package io.bluetick.testkit.backend;

import io.bluetick.devstack.Backend;
import io.bluetick.devstack.Devstack;
import io.bluetick.devstack.Home;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where backends come from: child processes, or containers. */
sealed interface BackendSource extends AutoCloseable permits DockerSource, BackendSource.Processes {

  /** Starts these, unless they run already, and returns their {@code BLUETICK_*} settings. */
  Map<String, String> start(Backend backend) throws Exception;

  @Override
  void close() throws IOException;

  /** By devstack, as {@code ./bluetick up} does it. */
  final class Processes implements BackendSource {
    private final Devstack stack;

    private Processes(Devstack stack) {
      this.stack = stack;
    }

    /** Empty if another process has this home. */
    static Optional<BackendSource> open(Home home) throws IOException, InterruptedException {
      return Devstack.open(home).map(Processes::new);
    }

    @Override
    public Map<String, String> start(Backend backend) throws Exception {
      stack.start(Set.of(backend));
      return stack.settings(backend);
    }

    @Override
    public void close() throws IOException {
      stack.close();
    }
  }
}
