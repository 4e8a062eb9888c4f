package io.bluetick.testkit.backend;

import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.devstack.Home;
import io.bluetick.devstack.process.Control;
import io.bluetick.devstack.process.RunFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The process that keeps a build's backends. A build runs a JVM per module, so none of these can
 * own what all share; and the build itself is Maven, or an IDE, that knows nothing of us.
 *
 * <p>The first test that needs a backend starts this process. Each caller names its owner, the
 * process that runs the build. When the last owner has gone, however it went, this process kills
 * the backends and ends.
 */
final class BackendServer {

  private static final Duration IDLE_LIMIT = Duration.ofMinutes(1);
  private static final Duration OWNER_CHECK = Duration.ofMillis(200);

  private final BackendSource source;
  private final Set<ProcessHandle> owners = ConcurrentHashMap.newKeySet();
  private final Map<Backend, Map<String, String>> started = new ConcurrentHashMap<>();
  private final Map<Backend, Object> locks = new ConcurrentHashMap<>();
  private final AtomicInteger namespaces = new AtomicInteger();

  private BackendServer(BackendSource source) {
    this.source = source;
  }

  static Path folder(Home home) {
    return home.folder().resolve("server");
  }

  /** Arguments: the home's folder and cache, and "docker" or "processes". */
  public static void main(String[] args) throws Exception {
    Home home = new Home(Path.of(args[0]), Path.of(args[1]));
    Files.createDirectories(folder(home));
    try (FileChannel lockFile =
        FileChannel.open(
            folder(home).resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = lockFile.tryLock();
      if (lock != null) {
        serve(home, args[2].equals("docker"));
      }
    }
  }

  private static void serve(Home home, boolean docker) throws Exception {
    Optional<BackendSource> opened =
        docker
            ? Optional.<BackendSource>of(new DockerSource())
            : BackendSource.Processes.open(home);
    if (opened.isEmpty()) {
      return;
    }
    RunFile runFile = RunFile.read(folder(home));
    runFile.clear();
    BackendSource source = opened.get();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(source)));
    BackendServer server = new BackendServer(source);
    try (Control _ = Control.open(runFile, server::handle)) {
      runFile.putProcess("server", ProcessHandle.current());
      server.awaitLastOwner();
      // Before the control, which would wait for a start that is still under way.
      source.close();
    } finally {
      runFile.clear();
    }
  }

  /** Requests: {@code start BACKEND owner-pid} and {@code namespace}; settings are reported. */
  private boolean handle(String request, Consumer<String> report) {
    String[] words = request.split(" ", -1);
    switch (words[0]) {
      case "namespace" -> report.accept(Integer.toString(namespaces.incrementAndGet()));
      case "start" -> {
        ProcessHandle.of(Long.parseLong(words[2])).ifPresent(owners::add);
        return start(Backend.valueOf(words[1]), report);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean start(Backend backend, Consumer<String> report) {
    synchronized (locks.computeIfAbsent(backend, _ -> new Object())) {
      try {
        Map<String, String> settings = started.get(backend);
        if (settings == null) {
          settings = source.start(backend);
          started.put(backend, settings);
        }
        settings.forEach((name, value) -> report.accept(name + "=" + value));
        return true;
      } catch (Exception e) {
        report.accept(String.valueOf(e.getMessage()));
        return false;
      }
    }
  }

  private void awaitLastOwner() {
    long start = System.nanoTime();
    AtomicBoolean hadOwners = new AtomicBoolean();
    await()
        .forever()
        .pollInterval(OWNER_CHECK)
        .until(() -> {
          owners.removeIf(owner -> !owner.isAlive());
          if (!owners.isEmpty()) {
            hadOwners.set(true);
            return false;
          }
          return hadOwners.get() || System.nanoTime() - start > IDLE_LIMIT.toNanos();
        });
  }

  private static void close(BackendSource source) {
    try {
      source.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
