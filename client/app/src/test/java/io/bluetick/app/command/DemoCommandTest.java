package io.bluetick.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.app.device.FakeTown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoCommandTest extends AtTheCommandLine {
  private final FakeTown town = new FakeTown();
  private final List<Path> folders = new ArrayList<>();

  @BeforeEach
  void writeLog() throws IOException {
    Path logs = Files.createDirectories(checkout.resolve(".bluetick").resolve("logs"));
    Files.writeString(
        logs.resolve("session-service.log"), "event=dev_code code=4711 session=session\n");
  }

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void walk_is_told_in_lines_where_nobody_sits_and_leaves_nothing_behind() {
    assertThat(demo("--fast")).isZero();
    assertThat(out.toString()).contains("[1/", "code 4711 was right", "All of it was seen");
    assertThat(folders).singleElement().asString().contains("bluetick-demo-");
    assertThat(folders.getFirst()).doesNotExist();
  }

  @Test
  void step_that_is_not_seen_is_exit_code_7() {
    town.fault = FakeTown.Fault.LOSES_RECEIPTS;
    assertThat(demo("--plain", "--timeout", "200ms")).isEqualTo(7);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("✗ step 5, \"Bob's device connects\": waited 0 s for");
    assertThat(folders.getFirst()).doesNotExist();
  }

  @Test
  void help_teaches() {
    assertThat(demo("--help")).isZero();
    assertThat(out.toString())
        .contains("Usage: bluetick demo", "side by side", "./bluetick down", "Exit codes:")
        .contains("7     a step was not seen");
    assertThat(demo("--slow")).isEqualTo(2);
    assertThat(demo("--timeout", "x")).isEqualTo(2);
    assertThat(folders).isEmpty();
  }

  private int demo(String... arguments) {
    DemoCommand command =
        new DemoCommand(
            world(),
            folder -> {
              folders.add(folder);
              return town;
            });
    return Launcher.handled(new CommandLine(command))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
