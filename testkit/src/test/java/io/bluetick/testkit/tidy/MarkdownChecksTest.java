package io.bluetick.testkit.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownChecksTest {
  private static final Set<Path> FILES = Set.of(Path.of("README.md"), Path.of("docs/a.md"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[a](a.md)",
        "[a](a.md#part \"Title\")",
        "![root](../README.md)",
        "[root](/README.md)",
        "[web](https://example.org/x)",
        "[part](#part)",
        "[mail](mailto:a@example.org)",
        "[a]: a.md",
        "```\n[code](none.md)\n```"
      })
  void link_that_leads_somewhere_passes(String text) {
    assertThat(deadLinks(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[b](b.md)", "see [a](a.md), [b](b.md#part).", "[b]: b.md", "![b](b.md)"})
  void dead_link_is_found_with_its_line(String text) {
    assertThat(deadLinks("```\ncode\n```\n" + text))
        .singleElement()
        .asString()
        .startsWith("docs/x.md:4 links to nothing: b.md");
  }

  @Test
  void missing_heading_of_the_root_readme_is_found() {
    String text = "# Bluetick\n## Run it\n## What you see\n```\n## Test it\n```\n## Map\n";
    assertThat(MarkdownChecks.headings(new TextFile("README.md", text)))
        .hasToString("[README.md:1 lacks the heading '## Test it']");
  }

  @Test
  void every_service_readme_answers_the_same_questions() {
    assertThat(MarkdownChecks.headings(new TextFile("user-service/README.md", "## Owns\n")))
        .extracting(Violation::what)
        .hasSize(7)
        .contains("lacks the heading '## When a dependency dies'");
  }

  @Test
  void other_markdown_has_any_headings() {
    assertThat(MarkdownChecks.headings(new TextFile("docs/README.md", ""))).isEmpty();
  }

  @Test
  void missing_readme_is_found() {
    assertThat(MarkdownChecks.missingReadmes(Set.of("user-service/pom.xml", "protocol/pom.xml")))
        .extracting(Violation::path)
        .containsExactly("README.md", "user-service/README.md");
    assertThat(
            MarkdownChecks.missingReadmes(
                Set.of("README.md", "user-service/pom.xml", "user-service/README.md")))
        .isEmpty();
  }

  private static List<Violation> deadLinks(String text) {
    return MarkdownChecks.deadLinks(new TextFile("docs/x.md", text), FILES::contains);
  }
}
