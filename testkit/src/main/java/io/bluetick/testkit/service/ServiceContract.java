package io.bluetick.testkit.service;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;

/**
 * What is true of every service, seen from outside. A service adopts it with
 *
 * <pre>{@code
 * @Backends(...)
 * @ServiceTest
 * class XApplicationTest implements ServiceContract {
 *   public List<String> readyWith() { return List.of("kafka"); }
 * }
 * }</pre>
 */
public interface ServiceContract {

  Duration READY_LIMIT = Duration.ofSeconds(30);

  /** The backends without which it is not ready, as its health calls them. */
  List<String> readyWith();

  @Test
  default void becomes_ready_with_the_backends_it_needs(@Value("${local.server.port}") int port) {
    HttpCaller http = new HttpCaller(port);
    await()
        .atMost(READY_LIMIT)
        .untilAsserted(() -> {
          HttpResponse<String> ready = http.get("/actuator/health/readiness");
          assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);
          assertThat(readyWith())
              .allSatisfy(backend ->
                  assertThat(ready.body()).contains("\"" + backend + "\":{\"status\":\"UP\"}"));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"/livez", "/readyz", "/actuator/health", "/actuator/health/liveness"})
  default void probes_answer_without_a_token(String path, @Value("${local.server.port}") int port) {
    await()
        .atMost(READY_LIMIT)
        .untilAsserted(
            () -> assertThat(new HttpCaller(port).get(path).statusCode()).isEqualTo(200));
  }

  @Test
  default void metrics_answer_without_a_token_and_name_the_service(
      @Value("${local.server.port}") int port, @Value("${spring.application.name}") String name)
      throws Exception {
    HttpResponse<String> metrics = new HttpCaller(port).get("/actuator/prometheus");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body()).contains("jvm_memory_used_bytes{", "service=\"" + name + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/v1/anything", "/v3/api-docs", "/actuator", "/actuator/env", "/error"})
  default void all_else_is_closed_without_a_token(
      String path, @Value("${local.server.port}") int port) throws Exception {
    HttpCaller http = new HttpCaller(port);
    assertProblem(http.get(path), 401, "unauthenticated");
    assertProblem(http.getWith("forged", path), 401, "unauthenticated");
  }

  @Test
  default void what_is_not_there_is_a_problem_with_a_token(@Value("${local.server.port}") int port)
      throws Exception {
    HttpCaller http = new HttpCaller(port);
    assertProblem(http.getWith(TestTokens.VALID, "/v1/no-such-thing"), 404, "not-found");
    assertProblem(
        http.post("/actuator/health", "application/json", "{}"), 405, "method-not-allowed");
  }

  @Test
  default void its_interface_is_documented_for_who_has_a_token(
      @Value("${local.server.port}") int port, @Value("${spring.application.name}") String name)
      throws Exception {
    HttpResponse<String> document = new HttpCaller(port).getWith(TestTokens.VALID, "/v3/api-docs");
    assertThat(document.statusCode()).as(document.body()).isEqualTo(200);
    assertThat(document.body()).contains("\"openapi\":\"3", name, "\"Problem\"");
  }

  @Test
  default void refusals_are_counted_by_code(@Value("${local.server.port}") int port)
      throws Exception {
    HttpCaller http = new HttpCaller(port);
    http.get("/v1/anything");
    assertThat(http.get("/actuator/prometheus").body())
        .contains("bluetick_errors_total{code=\"unauthenticated\"");
  }
}
