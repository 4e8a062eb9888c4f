package io.bluetick.app.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Breaks text into rows, at spaces where there are some. Wide characters count twice. */
public final class Wrapping {
  private Wrapping() {}

  /** At least one row. */
  public static List<String> rows(String text, int columns) {
    List<String> rows = new ArrayList<>();
    text.lines().forEach(line -> wrap(line, Math.max(columns, 2), rows));
    return rows.isEmpty() ? List.of("") : rows;
  }

  /** As a terminal counts that does not join what belongs to one character: never too few. */
  public static int width(String text) {
    return text.codePoints().map(Wrapping::width).sum();
  }

  private static int width(int character) {
    return Math.max(WCWidth.wcwidth(character), 0);
  }

  private static void wrap(String line, int columns, List<String> rows) {
    int start = 0;
    int space = -1;
    int width = 0;
    for (int at = 0; at < line.length(); ) {
      int character = line.codePointAt(at);
      if (width + width(character) > columns && at > start) {
        boolean isAtSpace = space > start;
        int end = isAtSpace ? space : at;
        rows.add(line.substring(start, end));
        start = isAtSpace ? space + 1 : at;
        space = -1;
        width = width(line.substring(start, at));
      }
      if (character == ' ') {
        space = at;
      }
      width += width(character);
      at += Character.charCount(character);
    }
    rows.add(line.substring(start));
  }
}
