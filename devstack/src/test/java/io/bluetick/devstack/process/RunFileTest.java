package io.bluetick.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {

  @TempDir private Path folder;

  @Test
  void a_process_is_found_again_by_another_reader() throws Exception {
    RunFile.read(folder).putProcess("me", ProcessHandle.current());
    assertThat(RunFile.read(folder).process("me")).contains(ProcessHandle.current());
    assertThat(RunFile.read(folder).processes()).containsExactly("me");
  }

  @Test
  void a_pid_with_another_start_time_is_somebody_else() throws Exception {
    RunFile runFile = RunFile.read(folder);
    runFile.putProcess("me", ProcessHandle.current());
    runFile.put("me.started", "2020-01-01T00:00:00Z");
    assertThat(RunFile.read(folder).process("me")).isEmpty();
  }

  @Test
  void a_removed_process_and_a_missing_file_are_nobody() throws Exception {
    RunFile runFile = RunFile.read(folder);
    assertThat(runFile.process("me")).isEmpty();
    runFile.putProcess("me", ProcessHandle.current());
    runFile.removeProcess("me");
    assertThat(RunFile.read(folder).processes()).isEmpty();
  }

  @Test
  void only_the_owner_can_read_the_secret_in_it() throws Exception {
    RunFile.read(folder).put("control.secret", "s");
    Path file = folder.resolve("stack.properties");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }
}
