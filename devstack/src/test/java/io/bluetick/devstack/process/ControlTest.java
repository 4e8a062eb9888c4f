package io.bluetick.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {

  @TempDir private Path folder;

  @Test
  void what_is_reported_arrives_line_by_line_with_the_outcome() throws Exception {
    RunFile runFile = RunFile.read(folder);
    List<String> heard = new ArrayList<>();
    try (Control _ =
        Control.open(
            runFile,
            (request, report) -> {
              report.accept("one");
              report.accept("two");
              return request.equals("good");
            })) {
      assertThat(Control.ask(RunFile.read(folder), "good", heard::add)).isTrue();
      assertThat(heard).containsExactly("one", "two");
      assertThat(Control.ask(RunFile.read(folder), "bad", heard::add)).isFalse();
    }
  }

  @Test
  void who_does_not_know_the_secret_is_not_heard() throws Exception {
    RunFile runFile = RunFile.read(folder);
    List<String> requests = new ArrayList<>();
    try (Control _ = Control.open(runFile, (request, _) -> requests.add(request))) {
      RunFile forged = RunFile.read(folder);
      forged.put("control.secret", "guess");
      assertThat(Control.ask(forged, "stop", _ -> {})).isFalse();
      assertThat(requests).isEmpty();
    }
  }
}
