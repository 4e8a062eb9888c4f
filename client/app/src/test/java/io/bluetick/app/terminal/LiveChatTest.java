package io.bluetick.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.app.device.FakeDevice;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.protocol.v1.TypingState;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveChatTest {
  private static final int COLUMNS = 60;
  private static final int ROWS = 14;
  private static final Duration LIMIT = SeenTerminal.LIMIT;

  private final FakeDevice device = FakeDevice.withAnna();
  private SeenTerminal terminal;
  private CompletableFuture<Void> chat = CompletableFuture.completedFuture(null);

  @BeforeEach
  void open() throws IOException {
    terminal = new SeenTerminal(COLUMNS, ROWS);
  }

  @AfterEach
  void close() throws Exception {
    if (!chat.isDone()) {
      // Ctrl-U and Ctrl-D.
      terminal.type("\u0015\u0004");
    }
    chat.get(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
    terminal.close();
    device.close();
  }

  @Test
  void history_is_shown_and_the_input_waits_below_it() {
    device.hear("hello");
    start();
    terminal.awaitShown("[1] 12:01 anna: hello");
    terminal.awaitShown("› ");
    terminal.awaitShown("Saturday, November 21, 2026");
    await().atMost(LIMIT).until(() -> device.calls.contains("read"));
  }

  @Test
  void typed_line_is_sent_and_its_tick_turns_in_place() throws IOException {
    start();
    terminal.type("hi there\r");
    terminal.awaitShown("[1] 12:01 you: hi there …");
    assertThat(device.calls).containsSubsequence("typing true", "typing false", "send hi there");
    device.hear("an answer");
    terminal.awaitShown("[2] 12:02 anna: an answer");
    for (Tick tick : new Tick[] {Tick.ACCEPTED, Tick.DELIVERED, Tick.READ}) {
      device.tick(tick);
      terminal.awaitShown("[1] 12:01 you: hi there " + tick.mark());
    }
    await().atMost(LIMIT).until(() -> terminal.isBlue("✓✓"));
    assertThat(terminal.shown().split("hi there", -1)).as(terminal.shown()).hasSize(2);
    assertThat(terminal.shown().split("an answer", -1)).as(terminal.shown()).hasSize(2);
  }

  @Test
  void ticks_turn_also_when_the_screen_has_scrolled_and_a_line_is_half_typed() throws IOException {
    start();
    terminal.awaitShown("› ");
    for (int count = 0; count < 30; count++) {
      device.hear("line " + count);
    }
    terminal.awaitShown("line 29");
    terminal.type("mine\r");
    terminal.awaitShown("[31] 12:31 you: mine …");
    device.hear("long ".repeat(30));
    terminal.awaitShown("[32] 12:32 anna: long");
    terminal.type("half");
    terminal.awaitShown("› half");
    device.tick(Tick.READ);
    terminal.awaitShown("[31] 12:31 you: mine ✓✓");
    terminal.awaitShown("› half");
    assertThat(terminal.shown().split("mine", -1)).as(terminal.shown()).hasSize(2);
    assertThat(terminal.shown())
        .as(terminal.shown())
        .containsOnlyOnce("line 29")
        .containsOnlyOnce("[32]");
  }

  @Test
  void edit_that_takes_more_rows_keeps_what_is_below() throws IOException {
    start();
    terminal.type("short\r");
    terminal.awaitShown("you: short");
    device.hear("below");
    terminal.awaitShown("[2] 12:02 anna: below");
    terminal.type("/edit " + "much longer ".repeat(12) + "\r");
    terminal.awaitShown("(edited)");
    assertThat(terminal.shown())
        .as(terminal.shown())
        .containsOnlyOnce("below")
        .containsOnlyOnce("[1] ");
    assertThat(terminal.shown().indexOf("(edited)")).isLessThan(terminal.shown().indexOf("below"));
  }

  @Test
  void status_line_tells_what_the_other_one_does() {
    start();
    terminal.awaitShown("/help");
    device.tell(new ClientEvent.Presence(FakeDevice.ANNA, true, 0));
    terminal.awaitShown("anna · online");
    device.tell(new ClientEvent.Typing(FakeDevice.ANNA, FakeDevice.ANNA, TypingState.TYPING));
    terminal.awaitShown("anna · typing …");
    device.tell(new ClientEvent.Offline("no route", Duration.ofSeconds(3)));
    terminal.awaitShown("anna · not connected: no route");
  }

  @Test
  void hostile_text_moves_nothing() {
    device.hear("first");
    start();
    terminal.awaitShown("first");
    device.hear("\u001b[2J\u001b[1;1Hevil\u009b2J");
    terminal.awaitShown("[2] 12:02 anna: [2J[1;1Hevil2J");
    terminal.awaitShown("[1] 12:01 anna: first");
  }

  @Test
  void quit_ends_it() throws IOException {
    start();
    terminal.awaitShown("› ");
    terminal.type("/quit\r");
    await().atMost(LIMIT).until(() -> chat.isDone());
    assertThat(device.calls).contains("close");
  }

  @Test
  void deletion_replaces_what_was_said() throws IOException {
    start();
    terminal.type("a mistake\r");
    terminal.awaitShown("you: a mistake");
    terminal.type("/delete\r");
    terminal.awaitShown("you: (deleted)");
    assertThat(terminal.shown()).doesNotContain("a mistake");
  }

  private void start() {
    TerminalChat room = new TerminalChat(Clock.systemUTC(), ZoneOffset.UTC);
    chat =
        CompletableFuture.runAsync(() -> {
          try {
            room.live(device, FakeDevice.ANNA, terminal.terminal(), true);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }
}
