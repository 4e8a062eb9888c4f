package io.bluetick.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.gateway.Accounts;
import io.bluetick.gateway.Call;
import io.bluetick.gateway.FakeService;
import io.bluetick.testkit.Backends;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What every answer says to browsers. */
@Backends({Backend.KAFKA, Backend.REDIS})
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(Accounts.class)
class AnswersTest {
  private static final String PAGE = "https://app.example";
  private static final FakeService MEDIA = FakeService.started();

  private final int port;

  AnswersTest(@Value("${local.server.port}") int port) {
    this.port = port;
  }

  @DynamicPropertySource
  static void urls(DynamicPropertyRegistry registry) {
    registry.add("bluetick.edge.upstream.url.media", MEDIA::url);
  }

  @BeforeEach
  void forget() {
    MEDIA.reset();
  }

  @AfterAll
  static void stop() {
    MEDIA.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/media/x",
        "/v1/devices",
        "/v1/nothing",
        "/v1//x",
        "/v3/api-docs",
        "/actuator/health"
      })
  void every_answer_is_closed_to_frames_scripts_and_caches(String path) throws Exception {
    assertClosed(Call.to(port, path).get());
    assertClosed(Call.to(port, path).as("anna").get());
  }

  @Test
  void what_a_service_says_about_it_is_replaced_but_for_caching() throws Exception {
    MEDIA.answers(
        200,
        "application/json",
        "{}",
        Map.of(
            "Server", "fake/1",
            "X-Powered-By", "fake",
            "X-Frame-Options", "ALLOWALL",
            "Content-Security-Policy", "default-src *",
            "Strict-Transport-Security", "max-age=1",
            "Access-Control-Allow-Origin", "*",
            "Cache-Control", "max-age=60"));
    HttpResponse<String> answer =
        Call.to(port, "/v1/media/x").as("anna").with("Origin", PAGE).get();
    assertThat(answer.headers().allValues("X-Frame-Options")).containsExactly("DENY");
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .singleElement()
        .satisfies(policy -> assertThat(policy).contains("default-src 'none'"));
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("max-age=60");
    assertThat(answer.headers().map())
        .doesNotContainKeys(
            "server", "x-powered-by", "strict-transport-security", "access-control-allow-origin");
  }

  @Test
  void no_page_of_another_origin_may_call() throws Exception {
    assertThat(preflight(PAGE).statusCode()).isEqualTo(401);
    assertNoCors(preflight(PAGE));
    assertNoCors(Call.to(port, "/v1/media/x").as("anna").with("Origin", PAGE).get());
  }

  private HttpResponse<String> preflight(String origin) throws Exception {
    return Call.to(port, "/v1/media/x")
        .with("Origin", origin)
        .with("Access-Control-Request-Method", "POST")
        .with("Access-Control-Request-Headers", "authorization,content-type")
        .options();
  }

  private static void assertNoCors(HttpResponse<String> answer) {
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.startsWith("access-control-"));
  }

  private static void assertClosed(HttpResponse<String> answer) {
    Map<String, String> expected =
        Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cache-Control", "no-store");
    expected.forEach((name, value) ->
        assertThat(answer.headers().allValues(name)).as(name).containsExactly(value));
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(
            policy -> assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'"));
    assertThat(answer.headers().map()).doesNotContainKeys("server", "strict-transport-security");
  }
}
