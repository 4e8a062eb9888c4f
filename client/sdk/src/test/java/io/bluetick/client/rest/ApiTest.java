package io.bluetick.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bluetick.client.rest.RegistrationApi.Transport;
import io.bluetick.client.rest.UnreachableException.Reason;
import io.bluetick.protocol.ErrorCode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTest {
  private static final String BEGIN = "POST /v1/registration/sessions";
  private static final String NUMBER = "+4915112345678";

  private final FakeServer server = new FakeServer();
  private final RegistrationApi registration = new RegistrationApi(server.api());

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void refusal_tells_code_status_wait_and_detail() {
    server.on(BEGIN, FakeServer.problem(ErrorCode.RATE_LIMITED, "17"));

    RefusedException refused = refused();

    assertThat(refused.code()).contains(ErrorCode.RATE_LIMITED);
    assertThat(refused.is(ErrorCode.RATE_LIMITED)).isTrue();
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.retryAfter()).contains(Duration.ofSeconds(17));
    assertThat(refused.detail()).isEqualTo("In words.");
    assertThat(refused.isRetryable()).isTrue();
    assertThat(refused.operation()).isEqualTo("beginVerification");
    assertThat(refused).hasMessage("beginVerification: refused, rate-limited (429)");
  }

  @Test
  void refusal_by_a_newer_server_keeps_its_slug_and_whether_to_try_again() {
    server.on(
        BEGIN,
        (exchange, _) ->
            FakeServer.answer(
                exchange,
                422,
                "application/problem+json;charset=UTF-8",
                "{\"code\":\"too-new\",\"status\":422,\"retryable\":true}"));

    RefusedException refused = refused();

    assertThat(refused.code()).isEmpty();
    assertThat(refused.slug()).isEqualTo("too-new");
    assertThat(refused.isRetryable()).isTrue();
  }

  @Test
  void refusal_without_a_word_about_trying_again_is_judged_by_its_code() {
    server.on(
        BEGIN,
        (exchange, _) ->
            FakeServer.answer(exchange, 503, Problem.MEDIA_TYPE, "{\"code\":\"unavailable\"}"));

    assertThat(refused().isRetryable()).isTrue();
  }

  @Test
  void unauthenticated_needs_no_challenge_to_be_a_refusal() {
    server.on(BEGIN, FakeServer.problem(ErrorCode.UNAUTHENTICATED));

    assertThat(refused().status()).isEqualTo(401);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void unavailability_tells_when_to_come_again() {
    server.on(BEGIN, FakeServer.problem(ErrorCode.UNAVAILABLE, "5"));

    assertThat(refused().retryAfter()).contains(Duration.ofSeconds(5));
  }

  @Test
  void status_of_a_proxy_is_no_refusal_but_its_wait_counts() {
    server.on(
        BEGIN,
        (exchange, _) -> {
          exchange.getResponseHeaders().set("Retry-After", "9");
          FakeServer.answer(exchange, 503, "text/html", "<h1>Away</h1>");
        });

    UnreachableException away = unreachable();

    assertThat(away.reason()).isEqualTo(Reason.NOT_UNDERSTOOD);
    assertThat(away.retryAfter()).contains(Duration.ofSeconds(9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "<html>",
        "{\"session\":\"6f1d",
        "{\"session\":\"6f1d2c3b4a5968778695a4b3c2d1e0ff\"}",
        "{\"session\":\"../../admin\",\"expiresAt\":\"2026-11-21T10:15:00Z\",\"codesLeft\":5,"
            + "\"verified\":false}",
        "{\"session\":\"6f1d2c3b4a5968778695a4b3c2d1e0ff\",\"expiresAt\":\"soon\","
            + "\"codesLeft\":5,\"verified\":false}",
        "{\"session\":\"6f1d2c3b4a5968778695a4b3c2d1e0ff\","
            + "\"expiresAt\":\"2026-11-21T10:15:00Z\",\"verified\":false}",
      })
  void garbage_is_not_understood_and_not_quoted(String body) {
    server.on(BEGIN, FakeServer.json(201, body));

    UnreachableException garbage = unreachable();

    assertThat(garbage.reason()).isEqualTo(Reason.NOT_UNDERSTOOD);
    assertThat(garbage).hasNoCause();
    assertThat(garbage).hasMessage("beginVerification: unreachable, NOT_UNDERSTOOD (201)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "<html>", "{\"code\":\"Line\\nbreak\"}", "{\"code\":17", "null"})
  void problem_that_is_none_is_not_understood(String body) {
    server.on(BEGIN, (exchange, _) -> FakeServer.answer(exchange, 422, Problem.MEDIA_TYPE, body));

    assertThat(unreachable().reason()).isEqualTo(Reason.NOT_UNDERSTOOD);
  }

  @Test
  void code_outside_of_a_problem_document_is_not_understood() {
    server.on(BEGIN, FakeServer.json(403, "{\"code\":\"forbidden\"}"));

    assertThat(unreachable().reason()).isEqualTo(Reason.NOT_UNDERSTOOD);
  }

  @Test
  void huge_answer_is_cut_off() {
    server.on(BEGIN, FakeServer.json(201, "{\"session\":\"" + "0".repeat(70_000) + "\"}"));

    assertThat(unreachable().reason()).isEqualTo(Reason.CUT_OFF);
  }

  @Test
  void huge_refusal_is_cut_off() {
    server.on(
        BEGIN,
        (exchange, _) -> FakeServer.answer(exchange, 422, Problem.MEDIA_TYPE, " ".repeat(70_000)));

    assertThat(unreachable().reason()).isEqualTo(Reason.CUT_OFF);
  }

  @Test
  void huge_request_is_not_sent() {
    assertThatThrownBy(() -> registration.begin("1".repeat(300_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beginVerification");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void redirect_is_not_followed() {
    server.on(
        BEGIN,
        (exchange, _) -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(307, -1);
        });

    assertThat(unreachable().reason()).isEqualTo(Reason.NOT_UNDERSTOOD);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void silence_times_out() {
    CountDownLatch end = new CountDownLatch(1);
    server.on(BEGIN, (_, _) -> await(end));
    RegistrationApi hasty = new RegistrationApi(server.api(Duration.ofMillis(300)));

    assertThat(catchThrowableOfType(UnreachableException.class, () -> hasty.begin(NUMBER)).reason())
        .isEqualTo(Reason.TIMED_OUT);
    end.countDown();
  }

  @Test
  void body_that_does_not_end_times_out() {
    CountDownLatch end = new CountDownLatch(1);
    server.on(
        BEGIN,
        (exchange, _) -> {
          exchange.sendResponseHeaders(201, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          await(end);
        });
    RegistrationApi hasty = new RegistrationApi(server.api(Duration.ofMillis(300)));

    assertThat(catchThrowableOfType(UnreachableException.class, () -> hasty.begin(NUMBER)).reason())
        .isEqualTo(Reason.TIMED_OUT);
    end.countDown();
  }

  @Test
  void server_that_is_not_there_is_not_connected() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (Api nobody = new Api(ApiSettings.of(URI.create("http://127.0.0.1:" + port)))) {
      UnreachableException away =
          catchThrowableOfType(
              UnreachableException.class, () -> new RegistrationApi(nobody).begin(NUMBER));

      assertThat(away.reason()).isEqualTo(Reason.NOT_CONNECTED);
      assertThat(away.isRetryable()).isTrue();
    }
  }

  @Test
  void connection_that_breaks_is_cut_off() {
    server.on(BEGIN, (exchange, _) -> exchange.close());

    assertThat(unreachable().reason()).isEqualTo(Reason.CUT_OFF);
  }

  @Test
  void interrupted_caller_stays_interrupted() {
    Thread.currentThread().interrupt();

    UnreachableException interrupted = unreachable();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupted.reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(interrupted.isRetryable()).isFalse();
  }

  @Test
  void requests_say_who_asks_and_what_they_take() {
    server.on(BEGIN, FakeServer.problem(ErrorCode.INVALID));

    refused();

    assertThat(server.last().header("User-Agent")).isEqualTo("test/1");
    assertThat(server.last().header("Content-Type")).isEqualTo("application/json");
    assertThat(server.last().header("Accept"))
        .isEqualTo("application/json, application/problem+json");
    assertThat(server.last().headers().containsKey("Upgrade")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../v1/admin", "6F1D2C3B4A5968778695A4B3C2D1E0FF", "", "a/b"})
  void what_is_no_session_does_not_get_into_a_path(String session) {
    assertThatThrownBy(() -> registration.sendCode(session, Transport.SMS, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("session has a wrong form");
    assertThat(server.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host",
        "https:///v1",
        "https://user@host",
        "https://host/path",
        "https://host?q",
        "https://host#f",
        "host:80"
      })
  void settings_want_the_address_of_a_server(String uri) {
    assertThatThrownBy(() -> ApiSettings.of(URI.create(uri)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private RefusedException refused() {
    return catchThrowableOfType(RefusedException.class, () -> registration.begin(NUMBER));
  }

  private UnreachableException unreachable() {
    return catchThrowableOfType(UnreachableException.class, () -> registration.begin(NUMBER));
  }

  private static void await(CountDownLatch end) {
    try {
      assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
