package io.bluetick.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessTreeTest {

  @Test
  void children_count_while_they_live_and_after_they_have_ended() throws Exception {
    assertThat(LinuxProcess.cpuMicrosWithEnded("42 (a) S 1 42 42 0 -1 0 0 0 0 0 1 2 30 400 20 0"))
        .isEqualTo(4_330_000);
    Process parent =
        new ProcessBuilder("sh", "-c", "sh -c 'while :; do :; done' & read end; kill $!").start();
    try {
      ProcessTree tree = new ProcessTree(parent.pid());
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(tree.cpuMicros()).isGreaterThan(100_000));
      assertThat(new LinuxProcess(parent.pid()).cpuMicros()).isLessThan(100_000);
    } finally {
      parent.getOutputStream().close();
      parent.waitFor();
    }
  }

  @Test
  void a_root_that_has_ended_is_told_as_that() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    assertThatThrownBy(() -> new ProcessTree(ended.pid()).cpuMicros())
        .hasMessageContaining("has ended");
  }
}
