package io.bluetick.app.terminal;

import io.bluetick.app.output.Plain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/**
 * A terminal that can move its cursor. Messages scroll up and stay in the terminal's own memory;
 * the line being typed and the status line stay at the bottom.
 *
 * <p>A block is drawn again by going up to its first row, deleting all rows down to the input, and
 * printing them anew. That needs every row to take one line, so rows are a column narrower than the
 * screen, and nothing above the upper edge is touched.
 */
final class LiveScreen implements Screen {
  private static final String PROMPT = "› ";

  /** Rows that can be on a screen; of what lies above, nothing is drawn again. */
  private static final int BLOCKS_LIMIT = 400;

  private final Terminal terminal;
  private final ChatReader reader;
  private final Attributes before;
  private final boolean isColoured;
  private final List<Block> blocks = new ArrayList<>();

  LiveScreen(Terminal terminal, boolean isColoured) throws IOException {
    this.terminal = terminal;
    this.isColoured = isColoured;
    this.reader = new ChatReader(terminal);
    // What is typed before the first prompt is not to be seen twice.
    this.before = terminal.enterRawMode();
  }

  @Override
  public int columns() {
    int columns = terminal.getColumns();
    // Some terminals do not know.
    return columns <= 0 ? 79 : Math.max(columns - 1, 20);
  }

  @Override
  public synchronized void add(Block block) {
    blocks.add(block);
    if (blocks.size() > BLOCKS_LIMIT) {
      blocks.removeFirst();
    }
    reader.print(drawn(block));
  }

  @Override
  public synchronized void replace(Block block) {
    int index = blocks.size() - 1;
    int rows = 0;
    while (index >= 0 && blocks.get(index).key() != block.key()) {
      rows += blocks.get(index).rows().size();
      index--;
    }
    if (index < 0) {
      return;
    }
    Block before = blocks.set(index, block);
    rows += before.rows().size();
    if (rows > visibleRows()) {
      return;
    }
    StringBuilder text = new StringBuilder("\u001b[%dA\u001b[%dM".formatted(rows, rows));
    blocks.subList(index, blocks.size()).forEach(each -> text.append(drawn(each)));
    reader.print(text.toString());
  }

  /** Rows above what is being typed, which may itself take several. */
  private int visibleRows() {
    int typed =
        1 + Wrapping.width(PROMPT + Plain.lines(reader.getBuffer().toString())) / (columns() + 1);
    return terminal.getRows() - reader.statusRows() - typed;
  }

  private String drawn(Block block) {
    StringBuilder text = new StringBuilder();
    for (AttributedString row : block.rows()) {
      text.append(isColoured ? row.toAnsi(terminal) : row.toString()).append('\n');
    }
    return text.toString();
  }

  @Override
  public synchronized void clear() {
    blocks.clear();
    reader.wipe();
  }

  @Override
  public void status(String text) {
    String line = Wrapping.rows(Plain.line(text), columns()).getFirst();
    AttributedStyle style =
        isColoured ? AttributedStyle.DEFAULT.inverse() : AttributedStyle.DEFAULT;
    reader.status(new AttributedString(line, style));
  }

  @Override
  public Optional<String> read() {
    while (true) {
      try {
        return Optional.of(reader.readLine(PROMPT));
      } catch (UserInterruptException e) {
        // Ctrl-C throws away what was typed; where nothing was, it ends.
        if (e.getPartialLine() == null || e.getPartialLine().isEmpty()) {
          return Optional.empty();
        }
      } catch (EndOfFileException _) {
        return Optional.empty();
      }
    }
  }

  @Override
  public void onTyping(Runnable listener) {
    reader.onTyping(listener);
  }

  @Override
  public void close() {
    reader.end();
    terminal.setAttributes(before);
  }
}
