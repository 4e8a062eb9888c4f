package io.bluetick.platform.security;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who is let in where, which must not depend on the web stack. */
abstract class AccessContract {
  private static final String SECRET = "s3cret-".repeat(5);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final String base;

  AccessContract(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("bluetick.security.jwks", SampleTokens.OURS::url);
    registry.add("bluetick.security.internal-secret", () -> SECRET);
    registry.add("bluetick.security.oidc.issuer", () -> SampleTokens.OIDC_ISSUER);
    registry.add("bluetick.security.oidc.jwks", SampleTokens.OIDC::url);
    registry.add("bluetick.security.oidc.audience", () -> "bluetick-console");
    registry.add("bluetick.security.oidc.roles-claim", () -> "realm_access.roles");
  }

  @Test
  void a_device_is_let_in_as_one_and_not_to_administration() throws Exception {
    assertThat(get("/v1/who", SampleTokens.device()).body()).isEqualTo("a1 ROLE_DEVICE");
    assertProblem(get("/v1/admin/sample/who", SampleTokens.device()), 403, "forbidden");
  }

  @Test
  void roles_of_our_own_tokens_lead_to_administration() throws Exception {
    assertThat(get("/v1/admin/sample/who", SampleTokens.role("admin")).body())
        .isEqualTo("anna ROLE_ADMIN");
    assertThat(get("/v1/admin/sample/who", SampleTokens.role("support")).body())
        .isEqualTo("anna ROLE_SUPPORT");
    assertProblem(get("/v1/admin/sample/who", SampleTokens.role("DEVICE")), 403, "forbidden");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.bluetick.platform.security.SampleTokens#bad")
  void a_token_that_does_not_count_opens_nothing(String why, String token) throws Exception {
    assertProblem(get("/v1/who", token), 401, "unauthenticated");
    assertProblem(get("/v1/admin/sample/who", token), 401, "unauthenticated");
  }

  @Test
  void clocks_may_differ_a_little() throws Exception {
    assertThat(get("/v1/who", SampleTokens.expiredFor(20)).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "ES256"})
  void a_role_of_the_openid_provider_counts_and_its_device_claim_does_not(String algorithm)
      throws Exception {
    String token = SampleTokens.oidc(algorithm, "[\"offline\",\"admin\"]");
    assertThat(get("/v1/admin/sample/who", token).body()).isEqualTo("o1 ROLE_ADMIN");
    assertThat(get("/v1/who", token).body()).isEqualTo("o1 ROLE_ADMIN");
  }

  @Test
  void the_internal_secret_opens_what_is_internal_and_nothing_else() throws Exception {
    String header = "Internal " + SECRET;
    assertThat(ask("GET", "/internal/v1/thing", header).statusCode()).isEqualTo(200);
    assertThat(ask("POST", "/internal/v1/thing", header).statusCode()).isEqualTo(200);
    assertProblem(ask("GET", "/v1/who", header), 401, "unauthenticated");
    assertProblem(ask("GET", "/v1/admin/sample/who", header), 401, "unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Internal ", "Internal wrong", "Bearer ", "internal ", "device"})
  void nothing_else_opens_what_is_internal(String start) throws Exception {
    String header =
        switch (start) {
          case "Bearer ", "internal " -> start + SECRET;
          case "device" -> "Bearer " + SampleTokens.device();
          default -> start;
        };
    assertProblem(ask("GET", "/internal/v1/thing", header), 401, "unauthenticated");
    assertProblem(ask("GET", "/internal", header), 401, "unauthenticated");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/opened/thing", "/v1/admin/sample/login"})
  void what_is_opened_looks_at_no_token_and_only_at_its_method(String path) throws Exception {
    assertThat(ask("POST", path, "").statusCode()).isEqualTo(200);
    assertThat(ask("POST", path, "Bearer expired").statusCode()).isEqualTo(200);
    assertProblem(ask("GET", path, ""), 401, "unauthenticated");
    assertProblem(ask("POST", "/v1/openedd/thing", ""), 401, "unauthenticated");
  }

  private HttpResponse<String> get(String path, String token) throws Exception {
    return ask("GET", path, "Bearer " + token);
  }

  /**
   * Each on a connection of its own: Reactor Netty at times stops reading a kept one when the next
   * request comes while it still ends the one before.
   */
  private HttpResponse<String> ask(String method, String path, String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LIMIT)
            .method(method, BodyPublishers.noBody());
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }
}
