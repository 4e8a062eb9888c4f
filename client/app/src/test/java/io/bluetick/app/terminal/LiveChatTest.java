package io.bluetick.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.app.device.FakeDevice;
import io.bluetick.client.chat.Tick;
import io.bluetick.client.delivery.ClientEvent;
import io.bluetick.protocol.v1.TypingState;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chat on a pseudo-terminal of the operating system, seen by an emulator of a VT100. */
class LiveChatTest {
  private static final int COLUMNS = 60;
  private static final int ROWS = 14;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final FakeDevice device = FakeDevice.withAnna();
  private final ScreenTerminal screen = new ScreenTerminal(COLUMNS, ROWS);
  private final PipedOutputStream keys = new PipedOutputStream();
  private final Emulated drawn = new Emulated();
  private Terminal terminal;
  private CompletableFuture<Void> chat = CompletableFuture.completedFuture(null);

  /** Bytes of the terminal on their way to the emulator's screen. */
  private final class Emulated extends OutputStream {
    private final java.io.ByteArrayOutputStream rest = new java.io.ByteArrayOutputStream();

    @Override
    public synchronized void write(int each) {
      rest.write(each);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
      rest.write(bytes, from, length);
    }

    /** Whole characters only: the last one may still be under way. */
    @Override
    public synchronized void flush() {
      byte[] bytes = rest.toByteArray();
      int end = bytes.length;
      while (end > 0 && (bytes[end - 1] & 0xC0) == 0x80) {
        end--;
      }
      if (end > 0 && (bytes[end - 1] & 0xC0) == 0xC0) {
        end--;
      } else {
        end = bytes.length;
      }
      rest.reset();
      rest.write(bytes, end, bytes.length - end);
      screen.write(new String(bytes, 0, end, StandardCharsets.UTF_8));
    }
  }

  @BeforeEach
  void open() throws IOException {
    PipedInputStream in = new PipedInputStream(keys, 1 << 16);
    terminal =
        TerminalBuilder.builder()
            .name("test")
            .system(false)
            .streams(in, drawn)
            .type("xterm-256color")
            .encoding(StandardCharsets.UTF_8)
            .size(Size.of(COLUMNS, ROWS))
            .build();
  }

  @AfterEach
  void close() throws Exception {
    if (!chat.isDone()) {
      // Ctrl-U and Ctrl-D.
      type("\u0015\u0004");
    }
    chat.get(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
    terminal.close();
    device.close();
  }

  @Test
  void history_is_shown_and_the_input_waits_below_it() {
    device.hear("hello");
    start();
    awaitShown("[1] 12:01 anna: hello");
    awaitShown("› ");
    awaitShown("Saturday, November 21, 2026");
    await().atMost(LIMIT).until(() -> device.calls.contains("read"));
  }

  @Test
  void typed_line_is_sent_and_its_tick_turns_in_place() throws IOException {
    start();
    type("hi there\r");
    awaitShown("[1] 12:01 you: hi there …");
    assertThat(device.calls).contains("send hi there", "typing true");
    device.hear("an answer");
    awaitShown("[2] 12:02 anna: an answer");
    for (Tick tick : new Tick[] {Tick.ACCEPTED, Tick.DELIVERED, Tick.READ}) {
      device.tick(tick);
      awaitShown("[1] 12:01 you: hi there " + tick.mark());
    }
    await().atMost(LIMIT).until(() -> isBlue("✓✓"));
    assertThat(shown().split("hi there", -1)).as(shown()).hasSize(2);
    assertThat(shown().split("an answer", -1)).as(shown()).hasSize(2);
  }

  @Test
  void ticks_turn_also_when_the_screen_has_scrolled_and_a_line_is_half_typed() throws IOException {
    start();
    awaitShown("› ");
    for (int count = 0; count < 30; count++) {
      device.hear("line " + count);
    }
    awaitShown("line 29");
    type("mine\r");
    awaitShown("[31] 12:31 you: mine …");
    device.hear("long ".repeat(30));
    awaitShown("[32] 12:32 anna: long");
    type("half");
    awaitShown("› half");
    device.tick(Tick.READ);
    awaitShown("[31] 12:31 you: mine ✓✓");
    awaitShown("› half");
    assertThat(shown().split("mine", -1)).as(shown()).hasSize(2);
    assertThat(shown()).as(shown()).containsOnlyOnce("line 29").containsOnlyOnce("[32]");
  }

  @Test
  void edit_that_takes_more_rows_keeps_what_is_below() throws IOException {
    start();
    type("short\r");
    awaitShown("you: short");
    device.hear("below");
    awaitShown("[2] 12:02 anna: below");
    type("/edit " + "much longer ".repeat(12) + "\r");
    awaitShown("(edited)");
    assertThat(shown()).as(shown()).containsOnlyOnce("below").containsOnlyOnce("[1] ");
    assertThat(shown().indexOf("(edited)")).isLessThan(shown().indexOf("below"));
  }

  @Test
  void status_line_tells_what_the_other_one_does() {
    start();
    awaitShown("/help");
    device.tell(new ClientEvent.Presence(FakeDevice.ANNA, true, 0));
    awaitShown("anna · online");
    device.tell(new ClientEvent.Typing(FakeDevice.ANNA, FakeDevice.ANNA, TypingState.TYPING));
    awaitShown("anna · typing …");
    device.tell(new ClientEvent.Offline("no route", Duration.ofSeconds(3)));
    awaitShown("anna · not connected: no route");
  }

  @Test
  void hostile_text_moves_nothing() {
    device.hear("first");
    start();
    awaitShown("first");
    device.hear("\u001b[2J\u001b[1;1Hevil\u009b2J");
    awaitShown("[2] 12:02 anna: [2J[1;1Hevil2J");
    awaitShown("[1] 12:01 anna: first");
  }

  @Test
  void quit_ends_it() throws IOException {
    start();
    awaitShown("› ");
    type("/quit\r");
    await().atMost(LIMIT).until(() -> chat.isDone());
    assertThat(device.calls).contains("close");
  }

  @Test
  void deletion_replaces_what_was_said() throws IOException {
    start();
    type("a mistake\r");
    awaitShown("you: a mistake");
    type("/delete\r");
    awaitShown("you: (deleted)");
    assertThat(shown()).doesNotContain("a mistake");
  }

  private void start() {
    TerminalChat room = new TerminalChat(Clock.systemUTC(), ZoneOffset.UTC);
    chat =
        CompletableFuture.runAsync(() -> {
          try {
            room.live(device, FakeDevice.ANNA, terminal, true);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  private void awaitShown(String text) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(shown()).as("\n" + shown()).contains(text));
  }

  private String shown() {
    StringBuilder text = new StringBuilder();
    long[] cells = cells();
    for (int at = 0; at < cells.length; at++) {
      int character = ScreenTerminal.cellCodePoint(cells[at]);
      text.appendCodePoint(character == 0 ? ' ' : character);
      if (at % COLUMNS == COLUMNS - 1) {
        text.append('\n');
      }
    }
    return text.toString();
  }

  private boolean isBlue(String mark) {
    int at = shown().replace("\n", "").indexOf(mark);
    long cell = at < 0 ? 0 : cells()[at];
    int blue = ScreenTerminal.cellColorRgb(ScreenTerminal.cellForeground(cell));
    return ScreenTerminal.cellHasForeground(cell) && (blue & 0xff) > ((blue >> 16) & 0xff);
  }

  private long[] cells() {
    drawn.flush();
    long[] cells = new long[COLUMNS * ROWS];
    screen.dump(cells, new int[2]);
    return cells;
  }
}
