package io.bluetick.testkit.backend;

import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.devstack.BackendSettings;
import io.bluetick.devstack.Home;
import io.bluetick.devstack.process.Control;
import io.bluetick.devstack.process.RunFile;
import io.bluetick.devstack.system.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** This JVM's way to the build's backends, which a {@link BackendServer} keeps. */
public final class BackendPool {

  private static final int REDIS_DATABASES = 1024;
  private static final Duration SERVER_START_LIMIT = Duration.ofSeconds(30);
  private static final Duration SERVER_CHECK = Duration.ofMillis(50);
  private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "busybox");

  private static final List<String> SOURCES = List.of("processes", "docker");

  private static final BackendPool THIS_BUILD = new BackendPool(testHome());

  private final Home home;
  private final Map<Backend, Map<String, String>> known = new EnumMap<>(Backend.class);
  private int namespace;

  private BackendPool(Home home) {
    this.home = home;
  }

  public static BackendPool ofThisBuild() {
    return THIS_BUILD;
  }

  /** Has these backends started and returns the settings of this JVM's own part of them. */
  public synchronized Map<String, String> ensure(Set<Backend> backends) {
    Map<String, String> settings = new HashMap<>();
    try {
      for (Backend backend : backends) {
        if (!known.containsKey(backend)) {
          known.put(backend, start(backend));
        }
        settings.putAll(known.getOrDefault(backend, Map.of()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  private Map<String, String> start(Backend backend) throws IOException {
    RunFile server = server();
    if (namespace == 0) {
      namespace = Integer.parseInt(ask(server, "namespace").getFirst());
    }
    Map<String, String> settings = new HashMap<>();
    for (String line : ask(server, "start " + backend.name() + " " + owner().pid())) {
      int equals = line.indexOf('=');
      settings.put(line.substring(0, equals), line.substring(equals + 1));
    }
    String name = "test-" + namespace;
    int redisDatabase = 1 + namespace % (REDIS_DATABASES - 1);
    settings.putAll(BackendSettings.namespace(backend, name, redisDatabase));
    if (backend == Backend.POSTGRES) {
      PostgresNamespace.create(settings);
    }
    return settings;
  }

  private static List<String> ask(RunFile server, String request) throws IOException {
    List<String> answer = new ArrayList<>();
    if (!Control.ask(server, request, answer::add)) {
      throw new IOException(request + ": " + String.join(" ", answer));
    }
    return answer;
  }

  /** The running server, or a new one. Two JVMs that start one each end up with the same. */
  private RunFile server() throws IOException {
    Path folder = BackendServer.folder(home);
    if (RunFile.read(folder).process("server").isEmpty()) {
      startServer(folder);
    }
    return await("the backends' process, whose log is " + folder.resolve("server.log"))
        .atMost(SERVER_START_LIMIT)
        .pollInterval(SERVER_CHECK)
        .until(() -> RunFile.read(folder), runFile -> runFile.process("server").isPresent());
  }

  private void startServer(Path folder) throws IOException {
    Files.createDirectories(folder);
    String source = System.getenv().getOrDefault("BLUETICK_BACKENDS", "processes");
    if (!SOURCES.contains(source)) {
      throw new IOException("BLUETICK_BACKENDS=" + source + " is none of " + SOURCES);
    }
    List<String> command = new ArrayList<>(Tools.ownSession());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            BackendServer.class.getName(),
            home.folder().toString(),
            home.cache().toString(),
            source));
    new ProcessBuilder(command)
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("server.log").toFile())
        .start();
  }

  /** The process that runs the build: Maven or an IDE, above whatever shells are between. */
  private static ProcessHandle owner() {
    ProcessHandle process = ProcessHandle.current();
    ProcessHandle parent = process.parent().orElse(process);
    while (isShell(parent) && parent.parent().isPresent()) {
      parent = parent.parent().get();
    }
    // A test JVM that somebody detached owns itself.
    return parent.pid() == 1 ? process : parent;
  }

  private static boolean isShell(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> SHELLS.contains(Path.of(command).getFileName().toString()))
        .orElse(false);
  }

  private static Home testHome() {
    Path root = Path.of(System.getProperty("bluetick.root", "")).toAbsolutePath();
    while (!Files.exists(root.resolve(".mvn")) && root.getParent() != null) {
      root = root.getParent();
    }
    return Home.of(root.resolve(".bluetick")).nested("test");
  }
}
