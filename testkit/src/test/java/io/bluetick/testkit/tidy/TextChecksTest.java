package io.bluetick.testkit.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextChecksTest {

  @Test
  void file_of_400_lines_passes_and_one_more_is_too_long() {
    assertThat(TextChecks.longFile(java("\n".repeat(400)))).isEmpty();
    assertThat(TextChecks.longFile(java("\n".repeat(401))))
        .hasToString("[A.java:1 has 401 lines, 400 are allowed]");
    assertThat(TextChecks.longFile(new TextFile("a.md", "\n".repeat(401)))).isEmpty();
  }

  @Test
  void line_of_100_columns_passes_and_one_more_is_too_long() {
    assertThat(TextChecks.longLines(java("é".repeat(100)))).isEmpty();
    assertThat(TextChecks.longLines(java("\n" + "x".repeat(101))))
        .hasToString("[A.java:2 is longer than 100 columns]");
  }

  @Test
  void imports_and_addresses_may_be_long() {
    assertThat(TextChecks.longLines(java("import " + "x".repeat(100)))).isEmpty();
    assertThat(TextChecks.longLines(java("// https://" + "x".repeat(100)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"// TODO later", "# FIXME", "XXX", " * @author me", "HACK", "Created by"})
  void banned_word_is_found_with_its_line(String line) {
    assertThat(TextChecks.bannedWords(java("fine\n" + line)))
        .singleElement()
        .asString()
        .startsWith("A.java:2 says '");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mktemp a.XXXXXX", "todo", "HACKING", "the author", "recreated by"})
  void other_words_pass(String line) {
    assertThat(TextChecks.bannedWords(java(line))).isEmpty();
  }

  @Test
  void markdown_may_name_a_banned_word_as_code() {
    assertThat(TextChecks.bannedWords(new TextFile("a.md", "no `TODO`"))).isEmpty();
    assertThat(TextChecks.bannedWords(new TextFile("a.md", "no TODO"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Put together, lest this file names one itself.
        "\"/" + "root/.m2\"",
        "file:/home/anna/x",
        "/Users/anna"
      })
  void place_of_one_machine_is_found(String line) {
    assertThat(TextChecks.placesOfOneMachine(java(line))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/work/x", "$HOME/.m2", "${folder}/root", "a/home/x"})
  void other_places_pass(String line) {
    assertThat(TextChecks.placesOfOneMachine(java(line))).isEmpty();
  }

  @Test
  void tab_is_found_where_it_breaks_the_format() {
    assertThat(TextChecks.tabs(new TextFile("a.yaml", "a:\n\tb: 1\n")))
        .hasToString("[a.yaml:2 holds a tab]");
    assertThat(TextChecks.tabs(new TextFile("a.properties", "a=\t1\n"))).hasSize(1);
    assertThat(TextChecks.tabs(new TextFile("a.yml", "a: 1\n"))).isEmpty();
    assertThat(TextChecks.tabs(new TextFile("Makefile", "a:\n\tb\n"))).isEmpty();
  }

  @Test
  void missing_last_newline_is_found() {
    assertThat(TextChecks.lastNewline(new TextFile("a.txt", "one\ntwo")))
        .hasToString("[a.txt:2 does not end with a newline]");
    assertThat(TextChecks.lastNewline(new TextFile("a.txt", "one\ntwo\n"))).isEmpty();
    assertThat(TextChecks.lastNewline(new TextFile("a.txt", ""))).isEmpty();
  }

  private static TextFile java(String text) {
    return new TextFile("A.java", text);
  }
}
