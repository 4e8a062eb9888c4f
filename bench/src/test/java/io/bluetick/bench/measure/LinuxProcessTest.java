package io.bluetick.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LinuxProcessTest {

  @Test
  void cpu_is_user_and_system_time_whatever_the_process_is_called() {
    String stat = "42 (a) b (c) S 1 42 42 0 -1 4194560 9 0 0 0 150 25 7 8 20 0 30 0 99 1 2";
    assertThat(LinuxProcess.cpuMicros(stat)).isEqualTo(1_750_000);
  }

  @Test
  void resident_memory_is_read_in_bytes() {
    String status = "Name:\tjava\nVmHWM:\t    9000 kB\nVmRSS:\t    8192 kB\nThreads:\t30\n";
    assertThat(LinuxProcess.residentBytes(status)).isEqualTo(8 << 20);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void this_process_has_used_time_memory_and_files() throws Exception {
    LinuxProcess self = new LinuxProcess(ProcessHandle.current().pid());
    assertThat(self.cpuMicros()).isPositive();
    assertThat(self.residentBytes()).isPositive();
    assertThat(self.openFiles()).isPositive();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_process_that_has_ended_is_told_as_that() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    assertThatThrownBy(() -> new LinuxProcess(ended.pid()).cpuMicros())
        .hasMessageContaining("has ended");
  }
}
