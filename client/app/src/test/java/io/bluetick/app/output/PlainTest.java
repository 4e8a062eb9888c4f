package io.bluetick.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u001b[2J",
        "\u001b]0;title\u0007",
        "\u009b31m",
        "\u0090q\u009c",
        "a\rb",
        "\u007f",
        "\b\b",
        "\u202e",
        "\u2066",
        "\0",
        "\ud800"
      })
  void nothing_that_acts_on_a_terminal_is_left(String hostile) {
    String both = Plain.lines("x" + hostile + "y") + Plain.line("x" + hostile + "y");
    assertThat(both.codePoints())
        .noneMatch(each -> each < 0x20 || (each >= 0x7f && each <= 0x9f))
        .noneMatch(each -> (each >= 0x202a && each <= 0x202e) || (each >= 0x2066 && each <= 0x2069))
        .noneMatch(each -> each >= 0xd800 && each <= 0xdfff);
    assertThat(both).startsWith("x").endsWith("y");
  }

  @Test
  void ordinary_text_of_all_scripts_stays() {
    String text = "Grüße, שלום, नमस्ते, 你好 👩‍👩‍👧 🇩🇪 e\u0301";
    assertThat(Plain.lines(text)).isEqualTo(text);
  }

  @Test
  void line_breaks_stay_where_there_may_be_some() {
    assertThat(Plain.lines("a\nb\u2028c")).isEqualTo("a\nb\nc");
    assertThat(Plain.line("a\nb")).isEqualTo("a b");
  }

  @Test
  void marks_do_not_pile_up() {
    assertThat(Plain.line("a" + "\u0301".repeat(100) + "b")).hasSizeLessThan(12).endsWith("b");
  }

  @Test
  void a_short_line_is_cut_between_characters() {
    assertThat(Plain.line("😀😀😀😀", 3)).isEqualTo("😀😀…");
  }

  @Test
  void json_keeps_everything_and_shows_nothing_harmful() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("text", "\u001b[2J\u009b\u202e\u007f\n\"é😀");
    fields.put("none", null);
    fields.put("path", java.nio.file.Path.of("a", "b"));
    fields.put("list", List.of(1, true));
    assertThat(JsonLine.of(fields))
        .isEqualTo(
            "{\"text\":\"\\u001B[2J\\u009b\\u202e\\u007f\\n\\\"é😀\",\"none\":null,\"path\":\"a/b\","
                + "\"list\":[1,true]}");
  }

  @Test
  void times_are_read_and_written() {
    assertThat(Spans.parse("90m")).hasValue(java.time.Duration.ofMinutes(90));
    assertThat(Spans.parse("off")).hasValue(java.time.Duration.ZERO);
    assertThat(Spans.parse("1x")).isEmpty();
    assertThat(Spans.parse("-1h")).isEmpty();
    assertThat(List.of(Spans.text(0), Spans.text(90), Spans.text(3600), Spans.text(604_800)))
        .containsExactly("off", "90s", "1h", "7d");
  }

  @Test
  void safety_number_is_three_rows_of_four_groups() {
    assertThat(SafetyNumber.rows("0123456789".repeat(6)).lines())
        .hasSize(3)
        .allMatch("01234 56789 01234 56789"::equals);
  }
}
