package io.bluetick.gateway.edge;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.gateway.Accounts;
import io.bluetick.gateway.Call;
import io.bluetick.gateway.FakeService;
import io.bluetick.gateway.RawHttp;
import io.bluetick.testkit.Backends;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What passes the edge, and what does not, seen from both of its sides. */
@Backends({Backend.KAFKA, Backend.REDIS})
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "bluetick.edge.body-limit=64KB",
      "bluetick.edge.body-timeout=1s",
      "bluetick.edge.limit.open.burst=10000",
      "bluetick.edge.limit.standard.burst=10000"
    })
@Import(Accounts.class)
class RoutesTest {
  private static final int BODY_LIMIT_BYTES = 64 * 1024;
  private static final Map<Upstream, FakeService> SERVICES = new EnumMap<>(Upstream.class);

  static {
    for (Upstream upstream : Upstream.values()) {
      SERVICES.put(upstream, FakeService.started());
    }
  }

  private final int port;
  private final FakeService media = service(Upstream.MEDIA);

  RoutesTest(@Value("${local.server.port}") int port) {
    this.port = port;
  }

  @DynamicPropertySource
  static void urls(DynamicPropertyRegistry registry) {
    SERVICES.forEach((upstream, service) ->
        registry.add("bluetick.edge.upstream.url." + upstream.label(), service::url));
  }

  @BeforeEach
  void forget() {
    SERVICES.values().forEach(FakeService::reset);
  }

  @AfterAll
  static void stop() {
    SERVICES.values().forEach(FakeService::close);
  }

  @ParameterizedTest
  @CsvSource({
    "SESSION, /v1/devices/7?a=b%20c&d=%2F",
    "MESSAGE, /v1/messages/x",
    "PRESENCE, /v1/presence/x",
    "MEDIA, /v1/media",
    "USER, /v1/profiles/J%C3%B6rg",
    "SESSION, /.well-known/jwks.json"
  })
  void a_path_reaches_its_service_and_no_other_unchanged(Upstream upstream, String uri)
      throws Exception {
    assertThat(call(uri).as("anna").get().statusCode()).isEqualTo(200);
    assertThat(service(upstream).seen()).extracting(FakeService.Seen::uri).containsExactly(uri);
    assertThat(seenByAll()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/x",
        "/actuator/env",
        "/v1/internal",
        "/v1/media/../internal",
        "/v1/media/../../internal/x",
        "/v1/media/%2e%2e/%2e%2e/internal",
        "/v1/media/..%2f..%2finternal",
        "/v1/media/..%252f..%252factuator",
        "/v1/media/..;/..;/internal",
        "/v1/media;/../internal",
        "/v1/media\\..\\..\\internal",
        "/v1/media/..%5c..%5cinternal",
        "//internal/x",
        "/v1/media//internal",
        "/v1//media",
        "http://127.0.0.1/internal/x",
        "/v1/media/%zz"
      })
  void what_is_internal_is_out_of_reach(String target) throws Exception {
    String answer =
        RawHttp.ask(
            port,
            "GET " + target + " HTTP/1.1",
            "Host: gateway",
            "Authorization: Bearer " + Accounts.tokenOf("eve"));
    assertThat(answer).containsPattern("^HTTP/1.1 40[014] ");
    assertThat(seenByAll()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void administration_is_for_those_who_have_a_role(Upstream upstream) throws Exception {
    String path = "/v1/admin/" + upstream.label() + "/x";
    assertProblem(call(path).as("anna").get(), 403, "forbidden");
    assertThat(seenByAll()).isZero();
    assertThat(call(path).as(Accounts.ADMIN).get().statusCode()).isEqualTo(200);
    assertThat(service(upstream).seen()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/registration/code",
        "/v1/linking/addresses",
        "/v1/tokens/refresh",
        "/v1/tokens/recover",
        "/v1/admin/session/login",
        "/v1/admin/session/exchange"
      })
  void open_paths_pass_without_a_token_or_with_an_old_one(String path) throws Exception {
    FakeService session = service(Upstream.SESSION);
    assertThat(call(path).post("{}").statusCode()).isEqualTo(200);
    assertThat(call(path).with("Authorization", "Bearer expired").post("{}").statusCode())
        .isEqualTo(200);
    assertThat(session.seen()).hasSize(2);
  }

  @Test
  void the_well_known_is_open() throws Exception {
    assertProblem(call("/.well-known/nothing").get(), 404, "not-found");
  }

  @ParameterizedTest
  @EnumSource
  void nothing_else_passes_without_a_valid_token(Upstream upstream) throws Exception {
    String path = "/v1/admin/" + upstream.label() + "/x";
    assertProblem(call(path).get(), 401, "unauthenticated");
    assertProblem(call(path).with("Authorization", "Bearer forged").get(), 401, "unauthenticated");
    assertProblem(call("/v1/tokens/refreshed").post("{}"), 401, "unauthenticated");
    assertThat(seenByAll()).isZero();
  }

  @Test
  void the_token_goes_on_and_what_clients_say_about_themselves_does_not() throws Exception {
    RawHttp.ask(
        port,
        "GET /v1/media/x HTTP/1.1",
        "Host: api.bluetick.example",
        "Authorization: Bearer " + Accounts.tokenOf("anna"),
        "Forwarded: for=6.6.6.6",
        "X-Forwarded-For: 6.6.6.6",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Prefix: /internal",
        "X-Bluetick-Account: admin",
        "X-Real-IP: 6.6.6.6",
        "X-HTTP-Method-Override: DELETE",
        "Accept-Language: de");
    assertThat(media.seen())
        .singleElement()
        .extracting(FakeService.Seen::headers)
        .satisfies(headers -> {
          assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer token-of-anna");
          assertThat(headers.getFirst("Accept-Language")).isEqualTo("de");
          assertThat(headers.get("X-Forwarded-For")).containsExactly("127.0.0.1");
          assertThat(headers.get("X-Forwarded-Proto")).containsExactly("http");
          assertThat(headers.get("X-Forwarded-Host")).containsExactly("api.bluetick.example");
          assertThat(headers)
              .doesNotContainKeys(
                  "Forwarded",
                  "X-forwarded-prefix",
                  "X-bluetick-account",
                  "X-real-ip",
                  "X-http-method-override");
        });
  }

  @Test
  void hop_by_hop_headers_stay_and_cannot_take_ours_away() throws Exception {
    RawHttp.send(
        port,
        String.join(
            "\r\n",
            "GET /v1/media/x HTTP/1.1",
            "Host: gateway",
            "Authorization: Bearer " + Accounts.tokenOf("anna"),
            "Connection: close, X-Secret, X-Forwarded-For",
            "X-Secret: 1",
            "Keep-Alive: timeout=5",
            "TE: trailers",
            "Proxy-Connection: keep-alive",
            "Proxy-Authorization: Basic eA==",
            "Upgrade: h2c",
            "",
            ""));
    assertThat(media.seen())
        .singleElement()
        .extracting(FakeService.Seen::headers)
        .satisfies(headers -> {
          assertThat(headers.get("X-Forwarded-For")).containsExactly("127.0.0.1");
          assertThat(headers)
              .doesNotContainKeys(
                  "X-secret",
                  "Keep-alive",
                  "Te",
                  "Proxy-connection",
                  "Proxy-authorization",
                  "Upgrade");
        });
  }

  @Test
  void a_websocket_is_not_carried_to_a_service() throws Exception {
    String answer =
        RawHttp.send(
            port,
            String.join(
                "\r\n",
                "GET /v1/media/x HTTP/1.1",
                "Host: gateway",
                "Authorization: Bearer " + Accounts.tokenOf("anna"),
                "Connection: Upgrade, close",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                ""));
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    assertThat(media.seen())
        .allSatisfy(seen -> assertThat(seen.headers()).doesNotContainKey("Upgrade"));
  }

  @Test
  void problems_of_a_service_pass_unchanged() throws Exception {
    String problem = "{\"type\":\"urn:bluetick:error:conflict\",\"code\":\"conflict\",\"x\":1}";
    media.answers(
        409, "application/problem+json", problem, Map.of("Retry-After", "7", "X-Extra", "e"));
    HttpResponse<String> answer = call("/v1/media/x").as("anna").post("{}");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).isEqualTo(problem);
    assertThat(answer.headers().allValues("Content-Type"))
        .containsExactly("application/problem+json");
    assertThat(answer.headers().allValues("Retry-After")).containsExactly("7");
    assertThat(answer.headers().allValues("X-Extra")).containsExactly("e");
  }

  @Test
  void a_body_within_the_limit_passes_whole() throws Exception {
    String body = "x".repeat(BODY_LIMIT_BYTES);
    assertThat(call("/v1/media/x").as("anna").post(body).statusCode()).isEqualTo(200);
    assertThat(call("/v1/media/x").as("anna").post(streamed(body)).statusCode()).isEqualTo(200);
    assertThat(media.seen())
        .hasSize(2)
        .allSatisfy(seen -> assertThat(seen.bodyBytes()).isEqualTo(BODY_LIMIT_BYTES));
  }

  @Test
  void a_body_that_announces_too_much_is_refused_unread() throws Exception {
    String announced = "Content-Length: " + (BODY_LIMIT_BYTES + 1);
    assertTooLarge(RawHttp.send(port, head("/v1/media/x", announced)));
    assertTooLarge(RawHttp.send(port, head("/v1/registration/x", announced)));
    assertThat(seenByAll()).isZero();
  }

  @Test
  void a_body_without_end_is_refused_and_its_connection_closed() throws Exception {
    String piece =
        Integer.toHexString(BODY_LIMIT_BYTES + 1) + "\r\n" + "x".repeat(BODY_LIMIT_BYTES + 1);
    // Returns when the gateway has closed the connection, though the body has no end.
    assertTooLarge(RawHttp.send(port, head("/v1/media/x", "Transfer-Encoding: chunked") + piece));
    assertThat(call("/v1/media/x").as("anna").get().statusCode()).isEqualTo(200);
  }

  @Test
  void a_body_that_never_comes_is_not_waited_for() throws Exception {
    assertThat(RawHttp.send(port, head("/v1/media/x", "Content-Length: 100") + "x"))
        .startsWith("HTTP/1.1 400 ");
    assertThat(media.seen()).isEmpty();
  }

  @Test
  void answers_are_counted_by_group_and_outcome() throws Exception {
    call("/v1/media/x").as("anna").get();
    call("/v1/media/x").get();
    media.answers(503, "application/json", "{}", Map.of());
    call("/v1/media/x").as("anna").get();
    assertThat(call("/actuator/prometheus").get().body())
        .containsPattern("bluetick_edge_requests_total\\{group=\"media\",outcome=\"ok\"")
        .containsPattern("bluetick_edge_requests_total\\{group=\"media\",outcome=\"refused\"")
        .containsPattern("bluetick_edge_requests_total\\{group=\"media\",outcome=\"failed\"")
        .doesNotContainPattern("bluetick_edge_requests_total\\{group=\"probe\"");
  }

  /** What goes before a body, which the test sends as it likes. */
  private static String head(String path, String framing) {
    return String.join(
        "\r\n",
        "POST " + path + " HTTP/1.1",
        "Host: gateway",
        "Authorization: Bearer " + Accounts.tokenOf("eve"),
        framing,
        "",
        "");
  }

  private static void assertTooLarge(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("payload-too-large");
  }

  private Call call(String path) {
    return Call.to(port, path);
  }

  private static BodyPublisher streamed(String body) {
    byte[] half = body.substring(body.length() / 2).getBytes(StandardCharsets.UTF_8);
    byte[] rest = body.substring(0, body.length() / 2).getBytes(StandardCharsets.UTF_8);
    return BodyPublishers.ofByteArrays(List.of(half, rest));
  }

  private static FakeService service(Upstream upstream) {
    FakeService service = SERVICES.get(upstream);
    if (service == null) {
      throw new AssertionError("no fake for " + upstream);
    }
    return service;
  }

  private static int seenByAll() {
    return SERVICES.values().stream().mapToInt(service -> service.seen().size()).sum();
  }
}
