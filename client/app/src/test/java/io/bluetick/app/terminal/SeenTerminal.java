package io.bluetick.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.ScreenTerminal;

/** A pseudo-terminal of the operating system, seen by an emulator of a VT100. */
public final class SeenTerminal implements AutoCloseable {
  public static final Duration LIMIT = Duration.ofSeconds(20);

  private final int columns;
  private final int rows;
  private final ScreenTerminal screen;
  private final PipedOutputStream keys = new PipedOutputStream();
  private final Emulated drawn = new Emulated();
  private final Terminal terminal;

  public SeenTerminal(int columns, int rows) throws IOException {
    this.columns = columns;
    this.rows = rows;
    this.screen = new ScreenTerminal(columns, rows);
    this.terminal =
        TerminalBuilder.builder()
            .name("test")
            .system(false)
            .streams(new PipedInputStream(keys, 1 << 16), drawn)
            .type("xterm-256color")
            .encoding(StandardCharsets.UTF_8)
            .size(Size.of(columns, rows))
            .build();
  }

  public Terminal terminal() {
    return terminal;
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }

  public void type(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  public void awaitShown(String text) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(shown()).as("\n" + shown()).contains(text));
  }

  public String shown() {
    StringBuilder text = new StringBuilder();
    long[] cells = cells();
    for (int at = 0; at < cells.length; at++) {
      int character = ScreenTerminal.cellCodePoint(cells[at]);
      text.appendCodePoint(character == 0 ? ' ' : character);
      if (at % columns == columns - 1) {
        text.append('\n');
      }
    }
    return text.toString();
  }

  public boolean isBlue(String mark) {
    int at = shown().replace("\n", "").indexOf(mark);
    long cell = at < 0 ? 0 : cells()[at];
    int blue = ScreenTerminal.cellColorRgb(ScreenTerminal.cellForeground(cell));
    return ScreenTerminal.cellHasForeground(cell) && (blue & 0xff) > ((blue >> 16) & 0xff);
  }

  private long[] cells() {
    drawn.flush();
    long[] cells = new long[columns * rows];
    screen.dump(cells, new int[2]);
    return cells;
  }

  /** Bytes of the terminal on their way to the emulator's screen. */
  private final class Emulated extends OutputStream {
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();

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
}
