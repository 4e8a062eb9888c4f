package io.bluetick.session.token;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bluetick.devstack.Backend;
import io.bluetick.session.account.Caller;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class RefreshTest {
  private final RefreshTokens tokens;
  private final TransactionTemplate transactions;
  private final ApiCaller http;
  private final TestDevices devices;
  private final Caller device;

  @Autowired
  RefreshTest(
      RefreshTokens tokens,
      JdbcClient sql,
      TransactionTemplate transactions,
      @Value("${local.server.port}") int port) {
    this.tokens = tokens;
    this.transactions = transactions;
    this.http = new ApiCaller(port);
    this.devices = new TestDevices(sql);
    this.device = devices.registered();
  }

  @Test
  void a_refreshed_access_token_says_which_device_calls_and_opens_what_is_its_own()
      throws Exception {
    HttpResponse<String> answer = refresh(issued());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(ApiCaller.json(answer).get("accessExpiresInS").asInt()).isEqualTo(600);
    assertThat(answer.headers().firstValue("Cache-Control"))
        .hasValueSatisfying(cached -> assertThat(cached).contains("no-store"));
    String access = ApiCaller.json(answer).get("accessToken").asString();
    assertThat(http.as(access).get("/v1/devices").statusCode()).isEqualTo(200);
    assertProblem(http.as(access).get("/v1/admin/session/tokens"), 403, "forbidden");
    devices.registerAnew(device);
    assertProblem(http.as(access).get("/v1/devices"), 401, "unauthenticated");
  }

  @Test
  void tokens_follow_each_other() throws Exception {
    String token = issued();
    for (int i = 0; i < 5; i++) {
      token = refreshed(token);
    }
  }

  @Test
  void a_lost_answer_is_asked_for_again_as_often_as_needed() throws Exception {
    String shown = issued();
    for (int i = 0; i < 3; i++) {
      refreshed(shown);
    }
    String arrived = refreshed(shown);
    refreshed(arrived);
  }

  @Test
  void an_older_token_ends_the_family_for_the_thief_and_for_the_device() throws Exception {
    String stolen = issued();
    String kept = refreshed(refreshed(stolen));
    assertProblem(refresh(stolen), 401, "token-reused");
    assertProblem(refresh(kept), 401, "token-reused");
    assertProblem(refresh(stolen), 401, "token-reused");
  }

  @Test
  void a_thief_who_is_faster_is_found_when_the_device_comes() throws Exception {
    String stolen = issued();
    String ofThief = refreshed(refreshed(stolen));
    assertProblem(refresh(stolen), 401, "token-reused");
    assertProblem(refresh(ofThief), 401, "token-reused");
  }

  @Test
  void a_new_issue_begins_a_family_of_its_own() throws Exception {
    String before = issued();
    String after = issued();
    assertProblem(refresh(before), 401, "unauthenticated");
    refreshed(after);
  }

  @Test
  void twenty_at_once_with_one_token_are_all_answered_and_one_answer_goes_on() throws Exception {
    String shown = issued();
    CyclicBarrier start = new CyclicBarrier(20);
    Callable<HttpResponse<String>> call =
        () -> {
          start.await();
          return refresh(shown);
        };
    List<String> answers;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      answers =
          threads.invokeAll(Stream.generate(() -> call).limit(20).toList()).stream()
              .map(Future::resultNow)
              .map(RefreshTest::refreshToken)
              .toList();
    }
    assertThat(answers).doesNotHaveDuplicates().doesNotContain(shown);
    List<Boolean> alive = answers.stream().map(token -> isCurrent(token)).toList();
    assertThat(alive).containsOnlyOnce(true);
    refreshed(answers.get(alive.indexOf(true)));
  }

  @Test
  void a_revocation_stays_although_the_request_around_it_fails() throws Exception {
    String stolen = issued();
    String kept = refreshed(refreshed(stolen));
    RefreshToken old = RefreshToken.parse(stolen).orElseThrow();
    transactions.executeWithoutResult(status -> {
      assertThat(catchThrowable(() -> tokens.refresh(old))).hasMessageContaining("used before");
      status.setRollbackOnly();
    });
    assertProblem(refresh(kept), 401, "token-reused");
  }

  @Test
  void who_is_suspended_is_told_so_and_goes_on_when_restored() throws Exception {
    String token = issued();
    devices.suspend(device);
    assertProblem(refresh(token), 403, "suspended");
    devices.restore(device);
    refreshed(token);
  }

  @Test
  void a_token_ends_with_its_device_and_with_its_registration() throws Exception {
    String token = issued();
    devices.registerAnew(device);
    assertProblem(refresh(token), 401, "unauthenticated");
    devices.remove(device);
    assertProblem(refresh(token), 401, "unauthenticated");
  }

  @Test
  void a_device_that_was_logged_out_is_out() throws Exception {
    String token = issued();
    tokens.revoke(device.account(), device.device());
    assertProblem(refresh(token), 401, "unauthenticated");
    tokens.revoke(device.account(), device.device());
  }

  @Test
  void a_token_unused_for_ninety_days_has_expired() throws Exception {
    String token = issued();
    devices.unusedForDays(device, 89);
    String next = refreshed(token);
    devices.unusedForDays(device, 91);
    assertProblem(refresh(next), 410, "expired");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "btr_",
        "valid-test-token",
        "btr_AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "btr_AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!"
      })
  void what_was_never_issued_is_unknown(String token) throws Exception {
    assertProblem(refresh(token), 401, "unauthenticated");
  }

  @Test
  void refreshing_is_limited_by_family() throws Exception {
    String token = issued();
    for (int i = 0; i < 30; i++) {
      token = refreshed(token);
    }
    HttpResponse<String> refused = refresh(token);
    assertProblem(refused, 429, "rate-limited");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
  }

  private HttpResponse<String> refresh(String token) throws Exception {
    return http.post("/v1/tokens/refresh", Map.of("refreshToken", token));
  }

  private static String refreshToken(HttpResponse<String> answer) {
    return ApiCaller.json(answer).get("refreshToken").asString();
  }

  private String issued() {
    return tokens.issue(device.account(), device.device(), device.registration());
  }

  private String refreshed(String token) throws Exception {
    HttpResponse<String> answer = refresh(token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return refreshToken(answer);
  }

  private boolean isCurrent(String token) {
    return devices.hasCurrent(RefreshToken.parse(token).orElseThrow());
  }
}
