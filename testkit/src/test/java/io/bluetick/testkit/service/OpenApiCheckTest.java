package io.bluetick.testkit.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenApiCheckTest {
  private static final OpenApiCheck CHECK = OpenApiCheck.of(Things.DOCUMENT);
  private static final String JSON = "application/json";
  private static final Map<String, String> MADE = Map.of("Location", "/v1/things/00ff");

  @Test
  void what_the_document_says_is_fine() {
    assertThat(post("{\"size\": 1, \"labels\": {\"any\": \"x\"}}", 201, MADE, "{\"size\": 1}"))
        .isEmpty();
    assertThat(post("{\"size\": 1}", 201, MADE, "{\"size\": 1, \"name\": \"a\"}")).isEmpty();
    assertThat(get("/v1/things?limit=3&kind=a&kind=b", "[{\"size\": 1}]")).isEmpty();
    assertThat(get("/v1/things/newest", "{\"size\": 1, \"name\": \"a\"}")).isEmpty();
    assertThat(call("DELETE", "/v1/things/00ff", "", 204, Map.of(), "")).isEmpty();
  }

  @Test
  void a_refused_request_may_be_anything_but_its_problem_is_documented() {
    Map<String, String> problem = Map.of("Content-Type", "application/problem+json");
    assertThat(call("POST", "/v1/things?a=b", "?", 404, problem, "{\"code\": \"a\"}")).isEmpty();
    assertThat(call("POST", "/v1/things", "?", 404, problem, "{\"code\": 1, \"x\": 2}"))
        .containsExactlyInAnyOrder(
            "answer body /code: integer found, string expected",
            "answer body the whole: property 'x' is not defined in the schema and the schema does"
                + " not allow additional properties");
    assertThat(call("DELETE", "/v1/things/a", "", 404, problem, "{}"))
        .containsExactly("status: documented are only [204]");
  }

  @Test
  void a_path_and_a_method_must_be_there() {
    assertThat(get("/v1/others", "{}")).containsExactly("path: /v1/others is not documented");
    assertThat(get("/v1/things/", "{}")).containsExactly("path: /v1/things/ is not documented");
    assertThat(get("/v1/things/00ff", "{}"))
        .containsExactly("method: documented there is only [DELETE /v1/things/{id}]");
  }

  @Test
  void a_literal_segment_is_meant_before_a_named_one() {
    assertThat(call("DELETE", "/v1/things/newest", "", 204, Map.of(), ""))
        .containsExactly("method: documented there is only [GET /v1/things/newest]");
  }

  @Test
  void a_success_is_never_covered_by_the_default() {
    assertThat(post("{\"size\": 1}", 200, Map.of(), "{}"))
        .containsExactly("status: documented are only [201, default]");
  }

  @Test
  void an_accepted_body_must_be_allowed() {
    assertThat(post("{\"size\": 0, \"made\": \"now\", \"more\": 1}", 201, MADE, "{\"size\": 1}"))
        .hasSize(3)
        .anyMatch(said -> said.startsWith("accepted request body /size: must have a minimum"))
        .anyMatch(said -> said.startsWith("accepted request body /made: does not match the date-"))
        .anyMatch(said -> said.startsWith("accepted request body the whole: property 'more'"));
    assertThat(post("{}", 201, MADE, "{\"size\": 1}"))
        .containsExactly("accepted request body the whole: required property 'size' not found");
    assertThat(post("", 201, MADE, "{\"size\": 1}"))
        .containsExactly("request body: is required, but was not asked for");
    assertThat(post("no", 201, MADE, "{\"size\": 1}"))
        .containsExactly("accepted request body: is no JSON");
    assertThat(call("DELETE", "/v1/things/00ff", "{}", 204, Map.of(), ""))
        .containsExactly("request body: is not documented, but was accepted");
  }

  @Test
  void accepted_parameters_must_be_allowed() {
    assertThat(get("/v1/things", "[]"))
        .containsExactly("query parameter limit: is required, but was not asked for");
    assertThat(get("/v1/things?limit=0&kind=a&kind=c&more=1", "[]"))
        .hasSize(3)
        .anyMatch(said -> said.startsWith("query parameter limit: the whole: must have a minimum"))
        .anyMatch(said -> said.startsWith("query parameter kind: /1: does not have a value in"))
        .contains("query parameter more: is not documented");
    assertThat(get("/v1/things?limit=some", "[]"))
        .containsExactly("query parameter limit: the whole: string found, integer expected");
    assertThat(call("DELETE", "/v1/things/%C3%A4", "", 204, Map.of(), ""))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("path parameter id: the whole: does not match the regex pattern");
  }

  @Test
  void who_needs_no_token_is_documented() {
    Map<String, List<String>> none = Map.of();
    assertThat(complaints("GET", "/v1/things?limit=1", none, "", 200, Map.of(), "[]")).isEmpty();
    assertThat(complaints("GET", "/v1/things/newest", none, "", 200, Map.of(), "{\"size\": 1}"))
        .containsExactly("token: was not asked for, but is documented as needed");
  }

  @Test
  void an_answer_is_closed_also_where_it_is_made_of_parts() {
    assertThat(get("/v1/things?limit=1", "[{\"size\": 1}, {\"size\": 1, \"name\": \"a\"}]"))
        .containsExactly(
            "answer body /1: property 'name' is not defined in the schema and the schema does not"
                + " allow additional properties");
    assertThat(get("/v1/things/newest", "{\"size\": 1, \"colour\": \"a\"}"))
        .anyMatch(said -> said.startsWith("answer body the whole: property 'colour' is not"));
  }

  @Test
  void an_answer_has_the_documented_media_type_and_body() {
    Map<String, String> text = Map.of("Content-Type", "text/plain; charset=utf-8");
    assertThat(call("GET", "/v1/things?limit=1", "", 200, text, "[]"))
        .containsExactly("answer content type: text/plain, but documented is [application/json]");
    assertThat(get("/v1/things?limit=1", ""))
        .containsExactly("answer body: is documented as [application/json], but empty");
    assertThat(call("DELETE", "/v1/things/00ff", "", 204, Map.of(), "{}"))
        .containsExactly("answer content type: application/json, but documented is []");
    assertThat(get("/v1/things?limit=1", "[")).containsExactly("answer body: is no JSON");
  }

  @Test
  void headers_that_matter_are_documented_and_those_documented_as_required_are_there() {
    assertThat(post("{\"size\": 1}", 201, Map.of(), "{\"size\": 1}"))
        .containsExactly("answer header Location: is required, but is not there");
    assertThat(call("GET", "/v1/things?limit=1", "", 200, Map.of("Retry-After", "3"), "[]"))
        .containsExactly("answer header Retry-After: is not documented");
    Map<String, String> soon =
        Map.of("Retry-After", "soon", "Content-Type", "application/problem+json");
    assertThat(call("POST", "/v1/things", "{}", 429, soon, "{}"))
        .containsExactly("answer header Retry-After: the whole: string found, integer expected");
  }

  @Test
  void the_failure_says_what_was_sent_and_received() {
    ApiExchange exchange =
        new ApiExchange(
            "GET",
            URI.create("http://a/v1/x"),
            headers(Map.of()),
            "",
            200,
            headers(Map.of()),
            "[]");
    assertThatThrownBy(() -> CHECK.check(exchange))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("GET /v1/x → 200 is not what the OpenAPI document says:\n- path:")
        .hasMessageContaining("received: []");
  }

  private static List<String> get(String path, String body) {
    return call("GET", path, "", 200, Map.of(), body);
  }

  private static List<String> post(
      String sent, int status, Map<String, String> headers, String body) {
    return call("POST", "/v1/things", sent, status, headers, body);
  }

  private static List<String> call(
      String method,
      String path,
      String sent,
      int status,
      Map<String, String> headers,
      String body) {
    Map<String, List<String>> requestHeaders =
        Map.of("Authorization", List.of("Bearer a"), "Content-Type", List.of(JSON));
    return complaints(method, path, requestHeaders, sent, status, headers, body);
  }

  private static List<String> complaints(
      String method,
      String path,
      Map<String, List<String>> requestHeaders,
      String sent,
      int status,
      Map<String, String> headers,
      String body) {
    return CHECK.complaints(
        new ApiExchange(
            method,
            URI.create("http://a" + path),
            HttpHeaders.of(requestHeaders, (_, _) -> true),
            sent,
            status,
            headers(headers),
            body));
  }

  private static HttpHeaders headers(Map<String, String> headers) {
    Map<String, List<String>> all = new HashMap<>(Map.of("Content-Type", List.of(JSON)));
    headers.forEach((name, value) -> all.put(name, List.of(value)));
    return HttpHeaders.of(all, (_, _) -> true);
  }
}
