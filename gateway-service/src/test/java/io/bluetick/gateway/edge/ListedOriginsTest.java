package io.bluetick.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.gateway.Accounts;
import io.bluetick.gateway.Call;
import io.bluetick.gateway.FakeService;
import io.bluetick.testkit.Backends;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What browsers are told when one origin is listed and TLS insisted on. */
@Backends({Backend.KAFKA, Backend.REDIS})
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"bluetick.edge.cors-origins=https://app.example", "bluetick.edge.hsts=1d"})
@Import(Accounts.class)
class ListedOriginsTest {
  private static final String PAGE = "https://app.example";
  private static final FakeService MEDIA = FakeService.started();

  private final int port;

  ListedOriginsTest(@Value("${local.server.port}") int port) {
    this.port = port;
  }

  @DynamicPropertySource
  static void urls(DynamicPropertyRegistry registry) {
    registry.add("bluetick.edge.upstream.url.media", MEDIA::url);
  }

  @AfterAll
  static void stop() {
    MEDIA.close();
  }

  @Test
  void pages_of_a_listed_origin_may_call_without_credentials() throws Exception {
    HttpResponse<String> preflight = preflight(PAGE);
    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).hasValue(PAGE);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValueSatisfying(allowed -> assertThat(allowed).contains("authorization"));
    assertThat(preflight.headers().map()).doesNotContainKey("access-control-allow-credentials");
    HttpResponse<String> answer =
        Call.to(port, "/v1/media/x").as("anna").with("Origin", PAGE).get();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(PAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.evil",
        "https://evil.app.example",
        "http://app.example",
        "https://app.example:444",
        "null"
      })
  void no_other_origin_does(String origin) throws Exception {
    assertNoCors(preflight(origin));
    HttpResponse<String> answer =
        Call.to(port, "/v1/media/x").as("anna").with("Origin", origin).get();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertNoCors(answer);
  }

  @Test
  void browsers_are_told_to_insist_on_tls() throws Exception {
    assertThat(
            Call.to(port, "/v1/media/x")
                .as("anna")
                .get()
                .headers()
                .allValues("Strict-Transport-Security"))
        .containsExactly("max-age=86400");
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
}
