package io.bluetick.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.app.demo.Scene.Pane;
import io.bluetick.app.terminal.Wrapping;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PanesTest {
  private static final String WIDE = "你好 👋 hello ☕ ✓✓";

  @ParameterizedTest
  @CsvSource({"79, 26", "40, 30", "80, 18", "81, 24", "99, 30", "160, 45", "301, 100"})
  void every_row_is_as_wide_as_it_is_asked_for(int columns, int rows) {
    Scene scene = scene(pane(false, WIDE.repeat(9)), pane(true, "short"), WIDE.repeat(20));
    List<AttributedString> drawn = Panes.draw(scene, columns, rows);
    assertThat(drawn).hasSizeBetween(18, rows);
    assertThat(drawn)
        .allSatisfy(row -> assertThat(Wrapping.width(row.toString())).isEqualTo(columns));
    assertThat(Panes.fit(columns, rows)).isTrue();
  }

  @Test
  void chats_stand_side_by_side_where_there_is_room() {
    Scene scene = scene(pane(false, "from ann"), pane(false, "from bob"), "seen");
    assertThat(text(scene, 80, 20)).containsPattern("┃ from ann +┃┃ from bob +┃");
    assertThat(text(scene, 79, 30)).containsPattern("from ann[ ┃\n]+┗━+┛\n┏━ Name");
  }

  @Test
  void newest_rows_are_seen_when_there_are_too_many() {
    String[] many = IntStream.range(0, 50).mapToObj(row -> "row " + row).toArray(String[]::new);
    Scene scene = scene(pane(false, many), pane(false), "");
    assertThat(text(scene, 80, 20)).contains("row 49").doesNotContain("row 1 ");
  }

  @Test
  void chat_of_who_is_gone_has_no_colours() {
    AttributedStyle grey =
        AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT + AttributedStyle.BLACK);
    Scene scene = scene(pane(false, "here"), pane(true, "gone"), "");
    AttributedString row = Panes.draw(scene, 80, 20).get(1);
    assertThat(row.styleAt(row.toString().indexOf("gone"))).isEqualTo(grey);
    assertThat(row.styleAt(row.toString().indexOf("here"))).isNotEqualTo(grey);
  }

  @Test
  void what_is_awaited_and_what_was_seen_look_different() {
    assertThat(text(scene(pane(false), pane(false), ""), 80, 20))
        .contains(" 3/9  Title", " It happens.", " …")
        .doesNotContain(" ✓ seen");
    assertThat(text(scene(pane(false), pane(false), "seen"), 80, 20)).contains(" ✓ seen");
  }

  @Test
  void small_screens_are_known() {
    assertThat(Panes.fit(80, 17)).isFalse();
    assertThat(Panes.fit(79, 25)).isFalse();
    assertThat(Panes.fit(39, 99)).isFalse();
  }

  private static Scene scene(Pane ann, Pane bob, String seen) {
    return new Scene(3, 9, "Title", "It happens.", seen, ann, bob);
  }

  private static Pane pane(boolean isDimmed, String... rows) {
    return new Pane(
        "Name",
        WIDE.repeat(4),
        isDimmed,
        columns ->
            List.of(rows).stream()
                .map(row -> new AttributedString(row, AttributedStyle.BOLD))
                .toList());
  }

  private static String text(Scene scene, int columns, int rows) {
    return String.join(
        "\n", Panes.draw(scene, columns, rows).stream().map(AttributedString::toString).toList());
  }
}
