package io.bluetick.devstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

  private static final String JSON =
      """
      {"@timestamp":"2026-01-01T00:00:00Z","log":{"level":"INFO","logger":"io.bluetick.Some"},\
      "message":"said \\"hello\\""}
      """;

  @TempDir private Path folder;
  private Path log;
  private final List<String> shown = new ArrayList<>();

  @BeforeEach
  void log() {
    log = folder.resolve("store.log");
  }

  @Test
  void the_last_lines_are_shown_and_then_only_news() throws Exception {
    Files.writeString(log, "one\ntwo\nthree\n");
    LogTail tail = tail("0");
    show(() -> tail.showLast(2));
    Files.writeString(log, "four\nhalf", StandardOpenOption.APPEND);
    show(tail::showNews);
    Files.writeString(log, " a line\n", StandardOpenOption.APPEND);
    show(tail::showNews);
    assertThat(shown).containsExactly("two", "three", "four", "half a line");
  }

  @Test
  void a_log_that_begins_anew_is_followed() throws Exception {
    Files.writeString(log, "a long line that was put aside\n");
    LogTail tail = tail("0");
    show(() -> tail.showLast(0));
    Files.writeString(log, "new\n");
    show(tail::showNews);
    assertThat(shown).containsExactly("new");
  }

  @Test
  void json_is_readable_on_a_terminal_and_untouched_in_a_pipe() throws Exception {
    Files.writeString(log, JSON);
    LogTail piped = tail("0");
    show(() -> piped.showLast(1));
    LogTail terminal = tail("1");
    show(() -> terminal.showLast(1));
    assertThat(shown)
        .containsExactly(JSON.strip(), "2026-01-01T00:00:00Z INFO  Some: said \"hello\"");
  }

  private interface Work {
    void run() throws java.io.IOException;
  }

  private final List<Console> consoles = new ArrayList<>();

  private LogTail tail(String colour) {
    Console console = Console.standard(Map.of("BLUETICK_COLOUR", colour, "NO_COLOR", "1"));
    consoles.add(console);
    return new LogTail("", log, console);
  }

  private void show(Work work) {
    consoles
        .getLast()
        .tellAlso(
            shown::add,
            () -> {
              try {
                work.run();
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
  }
}
