package io.bluetick.testkit.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiLintTest {

  @Test
  void a_document_with_all_of_it_is_clean() {
    assertThat(OpenApiLint.complaints(Things.DOCUMENT)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "summary": "Things",           |                       | GET /v1/things: has no summary
          "operationId": "things",       |                       | /things: has no operationId
          "operationId": "things"        | "operationId": "make" | shares its operationId make
          "tags": ["things"], "security" | "security"            | GET /v1/things: has no tag
          {"204":                        | {"default":           | has no documented success (2xx)
          "application/problem+json"     | "*/*"                 | default: says no media type
          "example": {"code":            | "example": {"kode":   | default: its example does not fit
          , "example": 7                 |                       | request: has no example for /size
          , "example": "a"               |                       | 201: has no example for /name
          "example": 7                   | "example": "many"     | Thing/size: its example does not
          /schemas/NamedThing            | /schemas/Other        | /schemas/Other is not there
          """)
  void what_is_missing_or_wrong_is_told(String from, String to, String complaint) {
    assertThat(Things.DOCUMENT).contains(from);
    String broken = Things.DOCUMENT.replace(from, to == null ? "" : to);
    assertThat(OpenApiLint.complaints(broken)).anyMatch(said -> said.contains(complaint));
  }
}
