package io.bluetick.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/** A screen of its own, that leaves what was on the terminal before. */
final class LiveStage implements Stage {
  private static final int CTRL_C = 3;
  private static final int CTRL_D = 4;

  private final Terminal terminal;
  private final Display display;
  private final Attributes before;
  private final boolean isColoured;
  private List<AttributedString> last = List.of();

  LiveStage(Terminal terminal, boolean isColoured) {
    this.terminal = terminal;
    this.isColoured = isColoured;
    this.before = terminal.enterRawMode();
    this.display = new Display(terminal, true);
    Attributes raw = terminal.getAttributes();
    // Ctrl-C is a key here, so that the terminal is put in order before the end.
    raw.setLocalFlag(Attributes.LocalFlag.ISIG, false);
    terminal.setAttributes(raw);
    terminal.puts(Capability.enter_ca_mode);
    terminal.puts(Capability.cursor_invisible);
    terminal.flush();
  }

  @Override
  public boolean isColoured() {
    return isColoured;
  }

  @Override
  public void show(Scene scene) {
    Size size = terminal.getSize();
    display.resize(size);
    // A column less, or some terminals begin a new row.
    last = drawn(scene, size.getColumns() - 1, size.getRows());
    display.update(last, -1);
  }

  /** The window may have become too small since. */
  private List<AttributedString> drawn(Scene scene, int columns, int rows) {
    List<AttributedString> drawn =
        Panes.fit(columns, rows)
            ? Panes.draw(scene, columns, rows)
            : List.of(new AttributedString("too small"));
    return isColoured
        ? drawn
        : drawn.stream().map(row -> new AttributedString(row.toString())).toList();
  }

  @Override
  public Wish key(long waitMs) {
    try {
      return switch (terminal.reader().read(Math.max(waitMs, 1))) {
        case NonBlockingReader.READ_EXPIRED -> Wish.NONE;
        case 'q', 'Q', CTRL_C, CTRL_D, NonBlockingReader.EOF -> Wish.LEAVE;
        case '\r', '\n', ' ' -> Wish.ON;
        default -> Wish.NONE;
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    terminal.puts(Capability.cursor_normal);
    terminal.puts(Capability.exit_ca_mode);
    terminal.setAttributes(before);
    // All but the keys, which do nothing any more. The stores may be closed by now.
    last.stream()
        .limit(Math.max(last.size() - 1L, 0))
        .forEach(row -> terminal.writer().println(isColoured ? row.toAnsi(terminal) : row));
    terminal.flush();
  }
}
