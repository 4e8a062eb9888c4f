package io.bluetick.gateway.docs;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.gateway.Accounts;
import io.bluetick.gateway.Call;
import io.bluetick.gateway.FakeService;
import io.bluetick.platform.problem.Problem;
import io.bluetick.testkit.Backends;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The common document and its page, as a browser gets them. */
@Backends({Backend.KAFKA, Backend.REDIS})
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "bluetick.edge.docs.remember=100ms",
      "bluetick.edge.docs.remember-incomplete=50ms",
      "bluetick.edge.docs.timeout=2s",
      "bluetick.edge.docs.part-limit=10KB",
      "bluetick.edge.limit.standard.burst=10000",
      "bluetick.edge.limit.open.burst=10000"
    })
@Import(Accounts.class)
class DocsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(10);
  private static final FakeService MEDIA = FakeService.started();
  private static final FakeService OTHERS = FakeService.started();

  private final int port;

  DocsTest(@Value("${local.server.port}") int port) {
    this.port = port;
  }

  @DynamicPropertySource
  static void urls(DynamicPropertyRegistry registry) {
    registry.add("bluetick.edge.upstream.url.media", MEDIA::url);
    for (String other : List.of("session", "message", "presence", "user")) {
      registry.add("bluetick.edge.upstream.url." + other, OTHERS::url);
    }
  }

  @BeforeEach
  void document() {
    OTHERS.reset();
    MEDIA.reset();
    MEDIA.answers(200, "application/json", documentOf("/v1/media/{id}"), Map.of());
  }

  @AfterAll
  static void stop() {
    MEDIA.close();
    OTHERS.close();
  }

  @Test
  void the_document_is_made_of_the_services_own_with_the_callers_token() {
    await()
        .atMost(SETTLE_LIMIT)
        .untilAsserted(() -> {
          JsonNode document = document("anna");
          assertThat(document.at("/openapi").asString()).startsWith("3.");
          assertThat(document.at("/paths").propertyNames()).containsExactly("/v1/media/{id}");
          assertThat(document.at("/info").has("x-missing")).isFalse();
        });
    assertThat(MEDIA.seen())
        .isNotEmpty()
        .allSatisfy(seen -> {
          assertThat(seen.uri()).isEqualTo("/v3/api-docs");
          assertThat(seen.headers().getFirst("Authorization")).isEqualTo("Bearer token-of-anna");
        });
  }

  @Test
  void all_who_ask_at_once_wait_for_one_answer() throws Exception {
    MEDIA.answers(500, "text/plain", "", Map.of());
    awaitMissing();
    MEDIA.reset();
    MEDIA.answers(200, "application/json", documentOf("/v1/media/new"), Map.of());
    awaitPath("/v1/media/new");
    int before = MEDIA.seen().size();
    List<CompletableFuture<HttpResponse<String>>> answers =
        Stream.generate(() -> Call.to(port, "/v3/api-docs").as("anna").getLater())
            .limit(20)
            .toList();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
    assertThat(MEDIA.seen().size() - before).isLessThan(answers.size() / 2);
  }

  @Test
  void what_has_changed_is_seen_after_a_while() {
    MEDIA.answers(200, "application/json", documentOf("/v1/media/changed"), Map.of());
    awaitPath("/v1/media/changed");
  }

  @ParameterizedTest
  @CsvSource({"500, {}", "200, no json", "401, {}"})
  void a_part_that_is_none_is_left_out_and_named(int status, String body) {
    MEDIA.answers(status, "application/json", body, Map.of());
    awaitMissing();
  }

  @Test
  void a_part_that_is_too_large_is_left_out_and_named() {
    MEDIA.answers(200, "application/json", documentOf("/v1/media") + " ".repeat(10_240), Map.of());
    awaitMissing();
  }

  @Test
  void a_dead_service_is_left_out_and_named() {
    MEDIA.close();
    awaitMissing();
    MEDIA.start();
    awaitPath("/v1/media/{id}");
  }

  @Test
  void the_document_needs_a_token() throws Exception {
    assertProblem(Call.to(port, "/v3/api-docs").get(), 401, "unauthenticated");
  }

  @Test
  void the_problem_in_the_document_is_the_problem_that_is_sent() {
    List<String> parts =
        Arrays.stream(Problem.class.getRecordComponents()).map(RecordComponent::getName).toList();
    await()
        .atMost(SETTLE_LIMIT)
        .untilAsserted(() ->
            assertThat(
                    document("anna").at("/components/schemas/Problem/properties").propertyNames())
                .containsExactlyElementsOf(parts));
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, text/html, 500",
    "/docs/docs.js, text/javascript, 500",
    "/docs/docs.css, text/css, 100",
    "/docs/swagger-ui.css, text/css, 100000",
    "/docs/swagger-ui-bundle.js, text/javascript, 1000000"
  })
  void the_page_is_open_and_comes_from_here(String path, String type, int leastLength)
      throws Exception {
    HttpResponse<String> file = Call.to(port, path).get();
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).hasSizeGreaterThan(leastLength);
    assertThat(file.headers().firstValue("Content-Type"))
        .hasValueSatisfying(told -> assertThat(told).startsWith(type));
    assertThat(file.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy ->
            assertThat(policy)
                .contains("script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-eval", "script-src 'self' 'unsafe"));
    if (!path.contains("swagger")) {
      assertThat(file.body()).doesNotContain("://");
    }
  }

  @Test
  void the_page_has_no_other_files() throws Exception {
    assertProblem(Call.to(port, "/docs/frame.json").get(), 404, "not-found");
    assertProblem(Call.to(port, "/docs/index.html").get(), 404, "not-found");
  }

  private void awaitMissing() {
    await()
        .atMost(SETTLE_LIMIT)
        .untilAsserted(() -> {
          JsonNode info = document("anna").at("/info");
          assertThat(info.at("/x-missing/0").asString()).isEqualTo("media");
          assertThat(info.at("/description").asString()).contains("did not answer: media.");
        });
  }

  private void awaitPath(String path) {
    await()
        .atMost(SETTLE_LIMIT)
        .untilAsserted(
            () -> assertThat(document("anna").at("/paths").propertyNames()).contains(path));
  }

  private JsonNode document(String account) throws Exception {
    HttpResponse<String> answer = Call.to(port, "/v3/api-docs").as(account).get();
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static String documentOf(String path) {
    return "{\"openapi\": \"3.1.0\", \"paths\": {\""
        + path
        + "\": {\"get\": {\"responses\": {}}}}}";
  }
}
