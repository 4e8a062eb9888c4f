package io.bluetick.app.demo;

import io.bluetick.app.demo.Scene.Pane;
import io.bluetick.app.output.Plain;
import io.bluetick.app.terminal.Wrapping;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Draws two chats and what is told of them: side by side where there is room, else one above the
 * other. Every row is as wide as it is asked for, by the count of {@link Wrapping}.
 */
final class Panes {
  /** From here on two chats stand side by side. */
  private static final int BESIDE_COLUMNS = 80;

  private static final int COLUMNS_MIN = 40;
  private static final int ROWS_MIN = 18;
  private static final int STACKED_ROWS_MIN = 26;

  /** Title, three rows of what is told, three of what was seen, and the keys. */
  private static final int NARRATION_ROWS = 8;

  /** Of one chat: more would be empty. */
  private static final int HIGH = 20;

  private static final int TOLD_ROWS = 3;
  private static final int BORDERS = 4;
  private static final String KEYS = "Enter goes on · q leaves";

  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle GREY =
      PLAIN.foreground(AttributedStyle.BRIGHT + AttributedStyle.BLACK);
  private static final AttributedStyle GOOD = PLAIN.foreground(AttributedStyle.GREEN);

  private Panes() {}

  /** Whether there is room enough to see anything. */
  static boolean fit(int columns, int rows) {
    return columns >= BESIDE_COLUMNS
        ? rows >= ROWS_MIN
        : columns >= COLUMNS_MIN && rows >= STACKED_ROWS_MIN;
  }

  /** At most as many rows as there are, on a screen on which the panes {@link #fit}. */
  static List<AttributedString> draw(Scene scene, int columns, int rows) {
    int high = Math.min(rows - NARRATION_ROWS, columns >= BESIDE_COLUMNS ? HIGH : 2 * HIGH);
    List<AttributedString> all = new ArrayList<>();
    if (columns >= BESIDE_COLUMNS) {
      int half = columns / 2;
      List<AttributedString> left = pane(scene.ann(), half, high);
      List<AttributedString> right = pane(scene.bob(), columns - half, high);
      for (int row = 0; row < high; row++) {
        all.add(AttributedStringBuilder.append(left.get(row), right.get(row)));
      }
    } else {
      all.addAll(pane(scene.ann(), columns, high / 2));
      all.addAll(pane(scene.bob(), columns, high - high / 2));
    }
    all.addAll(narration(scene, columns));
    return all;
  }

  // ---- A chat ----------------------------------------------------------------------------------

  private static List<AttributedString> pane(Pane pane, int columns, int rows) {
    int inner = columns - BORDERS;
    List<AttributedString> chat = pane.rows().apply(inner);
    int room = rows - 2;
    List<AttributedString> shown = chat.subList(Math.max(0, chat.size() - room), chat.size());
    AttributedStyle border = pane.isDimmed() ? GREY : PLAIN;
    List<AttributedString> all = new ArrayList<>();
    all.add(top(pane, columns));
    for (int row = 0; row < room; row++) {
      AttributedString text = row < shown.size() ? shown.get(row) : AttributedString.EMPTY;
      all.add(
          new AttributedStringBuilder()
              .styled(border, "┃ ")
              .append(
                  fitted(
                      pane.isDimmed() ? new AttributedString(text.toString(), GREY) : text, inner))
              .styled(border, " ┃")
              .toAttributedString());
    }
    all.add(new AttributedString("┗" + "━".repeat(columns - 2) + "┛", border));
    return all;
  }

  private static AttributedString top(Pane pane, int columns) {
    AttributedStyle border = pane.isDimmed() ? GREY : PLAIN;
    String name = Plain.line(pane.name());
    String standing =
        Wrapping.rows(" · " + pane.standing(), columns - 6 - Wrapping.width(name)).getFirst();
    int used = Wrapping.width(name + standing);
    return new AttributedStringBuilder()
        .styled(border, "┏━ ")
        .styled(pane.isDimmed() ? GREY : PLAIN.bold(), name)
        .styled(pane.isDimmed() ? GREY : GOOD, standing)
        .styled(border, " " + "━".repeat(columns - 5 - used) + "┓")
        .toAttributedString();
  }

  // ---- What is told ----------------------------------------------------------------------------

  private static List<AttributedString> narration(Scene scene, int columns) {
    List<AttributedString> rows = new ArrayList<>();
    add(
        rows,
        scene.number() + "/" + scene.steps() + "  " + scene.title(),
        PLAIN.bold(),
        1,
        columns);
    add(rows, scene.told(), PLAIN, TOLD_ROWS, columns);
    if (scene.seen().isEmpty()) {
      add(rows, "…", GREY, 1, columns);
    } else {
      add(rows, "✓ " + scene.seen(), GOOD, NARRATION_ROWS - 1 - rows.size(), columns);
    }
    while (rows.size() < NARRATION_ROWS - 1) {
      rows.add(fitted(AttributedString.EMPTY, columns));
    }
    add(rows, KEYS, GREY, 1, columns);
    return rows;
  }

  private static void add(
      List<AttributedString> rows, String text, AttributedStyle style, int limit, int columns) {
    Wrapping.rows(text, columns - 2).stream()
        .limit(limit)
        .forEach(row -> rows.add(fitted(new AttributedString(" " + row, style), columns)));
  }

  /** Cut, or filled with spaces. */
  private static AttributedString fitted(AttributedString row, int columns) {
    AttributedString cut = row;
    while (Wrapping.width(cut.toString()) > columns) {
      cut = cut.subSequence(0, cut.toString().offsetByCodePoints(cut.length(), -1));
    }
    int missing = columns - Wrapping.width(cut.toString());
    return AttributedStringBuilder.append(cut, " ".repeat(missing));
  }
}
