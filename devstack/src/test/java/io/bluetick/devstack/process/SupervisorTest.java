package io.bluetick.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Home;
import io.bluetick.devstack.part.Part;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.system.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

  @TempDir private Path folder;
  private Home home;
  private final RecordedProgress progress = new RecordedProgress();
  private final int[] ports = Ports.free(3);

  @BeforeEach
  void home() {
    home = Home.of(folder);
  }

  @Test
  void a_part_starts_after_those_it_needs_and_stops_before_them() throws Exception {
    Part store = part("store", ports[0], ScriptPart.RUN);
    Part service = ScriptPart.of("service", ports[1], folder, ScriptPart.RUN, "store");
    try (Supervisor supervisor = open(service, store)) {
      supervisor.startAll();
    }
    assertThat(progress.events())
        .containsExactly(
            "starting store",
            "ready store",
            "starting service",
            "ready service",
            "stopped service",
            "stopped store");
  }

  @Test
  void a_part_that_dies_at_start_is_one_line_with_its_last_words() throws Exception {
    Part part = part("store", ports[0], "echo loading; echo 'ERROR: no such table' >&2; exit 3");
    try (Supervisor supervisor = open(part)) {
      assertThatThrownBy(supervisor::startAll)
          .isInstanceOf(PartFailure.class)
          .hasMessageContaining("store died at start (exit 3): ERROR: no such table")
          .hasMessageContaining(home.log("store").toString());
    }
  }

  @Test
  void a_part_that_never_gets_ready_is_given_up() throws Exception {
    ScriptPart part = ScriptPart.of("store", ports[0], folder, "exec sleep 600");
    try (Supervisor supervisor = open(part.within(Duration.ofMillis(300)))) {
      assertThatThrownBy(supervisor::startAll)
          .hasMessageContaining("store is not ready after")
          .hasMessageContaining("(starting)");
    }
  }

  @Test
  void what_needs_a_failed_part_is_not_started() throws Exception {
    Part store = part("store", ports[0], "exit 1");
    Part service = ScriptPart.of("service", ports[1], folder, ScriptPart.RUN, "store");
    try (Supervisor supervisor = open(store, service)) {
      assertThatThrownBy(supervisor::startAll).hasMessageContaining("store died at start");
    }
    assertThat(progress.events()).containsExactly("starting store", "failed store");
  }

  @Test
  void a_taken_port_is_named_with_the_variable_that_moves_it() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Supervisor supervisor = open(part("store", taken.getLocalPort(), ScriptPart.RUN))) {
      assertThatThrownBy(supervisor::startAll)
          .hasMessageContaining("store: port " + taken.getLocalPort() + " is taken")
          .hasMessageContaining("BLUETICK_PORT_STORE");
    }
  }

  @Test
  void a_killed_part_is_reported_and_can_be_restarted() throws Exception {
    try (Supervisor supervisor = open(part("store", ports[0], ScriptPart.RUN))) {
      supervisor.startAll();
      ProcessHandle first = process("store");
      supervisor.kill("store");
      await().until(() -> progress.events().contains("died store signal 9"));
      assertThat(RunFile.read(home.run()).process("store")).isEmpty();

      supervisor.restart("store");

      assertThat(process("store").pid()).isNotEqualTo(first.pid());
    }
  }

  @Test
  void a_home_has_one_launcher_at_a_time() throws Exception {
    try (Supervisor _ = open(part("store", ports[0], ScriptPart.RUN))) {
      assertThat(Supervisor.open(home, List.of(), progress)).isEmpty();
    }
    try (Supervisor next = Supervisor.open(home, List.of(), progress).orElseThrow()) {
      assertThat(next.has("store")).isFalse();
    }
  }

  @Test
  void orphans_are_killed_by_the_next_launcher_and_strangers_are_not() throws Exception {
    Process orphan = new ProcessBuilder("sleep", "600").start();
    Process stranger = new ProcessBuilder("sleep", "600").start();
    RunFile left = RunFile.read(home.run());
    left.putProcess("store", orphan.toHandle());
    left.putProcess("service", stranger.toHandle());
    // The pid of a part that has ended belongs to somebody else by now.
    left.put("service.started", "2020-01-01T00:00:00Z");
    try (Supervisor _ = open()) {
      await().until(() -> !orphan.isAlive());
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      orphan.destroyForcibly();
      stranger.destroyForcibly();
    }
  }

  @Test
  void only_what_is_asked_for_starts() throws Exception {
    try (Supervisor supervisor =
        open(part("one", ports[0], ScriptPart.RUN), part("two", ports[1], ScriptPart.RUN))) {
      supervisor.start(Set.of("two"));
    }
    assertThat(progress.events()).containsExactly("starting two", "ready two", "stopped two");
  }

  private Supervisor open(Part... parts) throws Exception {
    return Supervisor.open(home, List.of(parts), progress).orElseThrow();
  }

  private ScriptPart part(String name, int port, String script) {
    return ScriptPart.of(name, port, folder, script);
  }

  private ProcessHandle process(String name) throws Exception {
    return RunFile.read(home.run()).process(name).orElseThrow();
  }
}
