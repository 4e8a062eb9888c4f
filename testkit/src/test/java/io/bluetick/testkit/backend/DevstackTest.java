package io.bluetick.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.devstack.BackendSettings;
import io.bluetick.devstack.Devstack;
import io.bluetick.devstack.Home;
import io.bluetick.devstack.process.RunFile;
import io.bluetick.testkit.RunningBackends;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every backend keeps what it was given through a crash, and leaves nothing behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DevstackTest {

  private static final Path CACHE = Path.of(System.getProperty("bluetick.root"), ".bluetick/cache");

  private Home home;
  private Devstack stack;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    home = new Home(folder, CACHE);
    stack = Devstack.open(home).orElseThrow();
    stack.start(EnumSet.allOf(Backend.class));
  }

  @AfterAll
  void stop() throws Exception {
    RunFile runFile = RunFile.read(home.run());
    List<ProcessHandle> children =
        runFile.processes().stream()
            .filter(name -> !name.equals("launcher"))
            .flatMap(name -> runFile.process(name).stream())
            .flatMap(child -> Stream.concat(Stream.of(child), child.descendants()))
            .toList();
    stack.close();
    assertThat(children).hasSizeGreaterThanOrEqualTo(Backend.values().length);
    // PostgreSQL's workers need a moment to notice that their parent was killed.
    await().untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void data_is_found_again_after_kill_and_restart(Backend backend) throws Exception {
    try (Notebook notebook = Notebook.in(backend, settings(backend))) {
      notebook.write("before the crash", "still here");
    }
    stack.kill(backend);
    stack.restart(backend);
    try (Notebook notebook = Notebook.in(backend, settings(backend))) {
      assertThat(notebook.read("before the crash")).contains("still here");
      notebook.write("after the crash", "works again");
      assertThat(notebook.read("after the crash")).contains("works again");
    }
  }

  @Test
  void a_home_has_one_launcher() throws Exception {
    assertThat(Devstack.open(home)).isEmpty();
  }

  @Test
  void backends_listen_on_loopback_only() {
    Collection<String> addresses = settings(Backend.KAFKA).all().values();
    assertThat(addresses).anyMatch(address -> address.startsWith("127.0.0.1:"));
  }

  private RunningBackends settings(Backend backend) {
    Map<String, String> settings = new HashMap<>(stack.settings(backend));
    settings.putAll(BackendSettings.namespace(backend, "crash", 1));
    settings.replace("BLUETICK_POSTGRES_DATABASE", "bluetick");
    return new RunningBackends(settings);
  }
}
