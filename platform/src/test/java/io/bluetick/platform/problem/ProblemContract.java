package io.bluetick.platform.problem;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.testkit.service.HttpCaller;
import io.bluetick.testkit.service.TestTokens;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

/** What a caller is told, which must not depend on the web stack. */
interface ProblemContract {

  String JSON = "application/json";

  @Test
  default void a_known_fault_says_its_code_and_what_we_wrote(
      @Value("${local.server.port}") int port) throws Exception {
    HttpResponse<String> answer = new HttpCaller(port).getWith(TestTokens.VALID, "/known");
    assertProblem(answer, 409, "conflict");
    assertThat(answer.body())
        .contains(
            "\"detail\":\"The name is taken.\"", "\"instance\":\"/known\"", "\"retryable\":false");
  }

  @Test
  default void an_unexpected_fault_tells_nothing_but_its_trace(
      @Value("${local.server.port}") int port) throws Exception {
    HttpResponse<String> answer = new HttpCaller(port).getWith(TestTokens.VALID, "/unexpected");
    assertProblem(answer, 500, "internal");
    assertThat(answer.body())
        .doesNotContain("hunter2")
        .containsPattern("\"trace\":\"[0-9a-f]{32}\"")
        .contains("\"retryable\":true");
  }

  @Test
  default void a_wrong_parameter_is_a_bad_request(@Value("${local.server.port}") int port)
      throws Exception {
    assertProblem(
        new HttpCaller(port).getWith(TestTokens.VALID, "/number/many"), 400, "bad-request");
  }

  @Test
  default void invalid_content_names_the_fields(@Value("${local.server.port}") int port)
      throws Exception {
    HttpResponse<String> answer =
        new HttpCaller(port).post("/orders", JSON, "{\"name\": \"\", \"count\": 0}");
    assertProblem(answer, 422, "invalid");
    assertThat(answer.body()).contains("\"field\":\"name\"", "\"field\":\"count\"");
  }

  @Test
  default void content_that_is_no_json_or_has_unknown_fields_is_a_bad_request(
      @Value("${local.server.port}") int port) throws Exception {
    HttpCaller http = new HttpCaller(port);
    assertProblem(http.post("/orders", JSON, "{\"name\": "), 400, "bad-request");
    assertProblem(
        http.post("/orders", JSON, "{\"name\": \"a\", \"count\": 1, \"size\": 2}"),
        400,
        "bad-request");
  }

  @Test
  default void what_was_meant_well_is_answered(@Value("${local.server.port}") int port)
      throws Exception {
    HttpResponse<String> answer =
        new HttpCaller(port).post("/orders", JSON, "{\"name\": \"a\", \"count\": 1}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  default void another_media_type_and_another_method_are_refused(
      @Value("${local.server.port}") int port) throws Exception {
    HttpCaller http = new HttpCaller(port);
    assertProblem(http.post("/orders", "text/plain", "a"), 415, "unsupported-media-type");
    HttpResponse<String> answer = http.post("/known", JSON, "{}");
    assertProblem(answer, 405, "method-not-allowed");
    assertThat(answer.headers().firstValue("Allow"))
        .hasValueSatisfying(allow -> assertThat(allow).contains("GET"));
  }

  @Test
  default void the_filters_of_security_leave_no_timers(@Value("${local.server.port}") int port)
      throws Exception {
    HttpCaller http = new HttpCaller(port);
    http.getWith(TestTokens.VALID, "/known");
    assertThat(http.get("/actuator/prometheus").body())
        .contains("bluetick_errors_total")
        .doesNotContain("spring_security");
  }
}
