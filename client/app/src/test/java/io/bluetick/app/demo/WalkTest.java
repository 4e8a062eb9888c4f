package io.bluetick.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.app.demo.Walk.Ending;
import io.bluetick.app.demo.Walk.Pace;
import io.bluetick.app.device.FakeTown;
import io.bluetick.app.device.FakeTown.Fault;
import io.bluetick.app.terminal.SeenTerminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalkTest {
  private final FakeTown town = new FakeTown();
  private final StringWriter out = new StringWriter();

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void every_step_is_seen_and_told_in_lines() {
    assertThat(walk(Pace.FAST, SeenTerminal.LIMIT).plain(new PrintWriter(out)))
        .isEqualTo(new Ending.Whole());
    String all = out.toString();
    assertThat(all.lines().filter(line -> line.startsWith("["))).hasSize(16);
    assertThat(Script.STEPS)
        .allSatisfy(step -> assertThat(all).contains("/16] " + step.title(), step.told()));
    assertThat(all)
        .containsSubsequence(
            "code 123 was right",
            "Ann │ [1] 12:01 you: Hello Bob 👋 ✓\n",
            "device 0: 160 bytes, 000000",
            "Ann │ [1] 12:01 you: Hello Bob 👋 ✓✓\n",
            "Bob │ [1] 12:01 Ann: Hello Bob 👋\n",
            "the same on both: 01234 56789",
            "Ann │ [1] 12:01 you: Hello Bob 👋 ✓✓ read",
            "coffee at four? ☕ (edited)",
            "Wrong chat, sorry 🙈 ✓\n",
            "Bob │ [4] 12:04 Ann: (deleted)",
            "nothing waits for Ann")
        .doesNotContain("\u001b");
    assertThat(town.numbers).hasSize(2).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "GETS_CLEAR_TEXT, 'step 4, ', a frame of Ann's without her text",
    "LOSES_RECEIPTS, 'step 5, ', two grey ticks on Ann's",
    "STANDS_BETWEEN, 'step 6, ', the same safety number on both sides",
    "LOSES_EDITS, 'step 10, ', the new text on Bob's side"
  })
  void what_is_not_seen_is_named(Fault fault, String step, String awaited) {
    town.fault = fault;
    Ending ending = walk(Pace.FAST, Duration.ofMillis(300)).plain(new PrintWriter(out));
    assertThat(ending)
        .isInstanceOfSatisfying(
            Ending.NotSeen.class,
            late -> assertThat(late.what()).startsWith(step).contains(awaited, "was not seen"));
  }

  @ParameterizedTest
  @CsvSource({"100, 30", "160, 45", "70, 40"})
  void both_sides_are_seen_on_a_terminal(int columns, int rows) throws Exception {
    try (SeenTerminal terminal = new SeenTerminal(columns, rows)) {
      CompletableFuture<Ending> walk = live(terminal);
      terminal.awaitShown("━ Ann · no device yet");
      terminal.awaitShown("1/16  Ann registers");
      for (int step = 1; step < Script.STEPS.size(); step++) {
        terminal.type("\r\r");
      }
      terminal.awaitShown("Hello Bob");
      assertThat(walk.get(SeenTerminal.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(new Ending.Whole());
      terminal.awaitShown("16/16  What the server still has");
      terminal.awaitShown("[4] 12:04 Ann: (deleted)");
      assertThat(terminal.isBlue("✓✓")).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"q", "'\u0003'", "'\u0004'"})
  void somebody_leaves(String key) throws Exception {
    try (SeenTerminal terminal = new SeenTerminal(100, 30)) {
      CompletableFuture<Ending> walk = live(terminal);
      terminal.awaitShown("1/16  Ann registers");
      terminal.type(key);
      assertThat(walk.get(SeenTerminal.LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(new Ending.Left());
    }
  }

  private CompletableFuture<Ending> live(SeenTerminal terminal) {
    return CompletableFuture.supplyAsync(
        () -> walk(Pace.READING, SeenTerminal.LIMIT).live(terminal.terminal(), true));
  }

  private Walk walk(Pace pace, Duration limit) {
    return new Walk(
        town, URI.create("http://127.0.0.1:8080"), _ -> "123", ZoneOffset.UTC, pace, limit);
  }
}
