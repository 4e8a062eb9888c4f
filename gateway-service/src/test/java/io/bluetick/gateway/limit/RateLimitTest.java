package io.bluetick.gateway.limit;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.devstack.Backend;
import io.bluetick.gateway.Accounts;
import io.bluetick.gateway.Call;
import io.bluetick.gateway.FakeService;
import io.bluetick.gateway.Relay;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who asks too often, with Redis and without it. */
@Backends({Backend.KAFKA, Backend.REDIS})
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "bluetick.edge.trusted-proxies=1",
      "bluetick.edge.limit.open.burst=2",
      "bluetick.edge.limit.open.per-minute=1",
      "bluetick.edge.limit.standard.burst=3",
      "bluetick.edge.limit.standard.per-minute=2",
      "bluetick.edge.limit.group.user.burst=1",
      "bluetick.edge.limit.group.user.per-minute=1"
    })
@Import(Accounts.class)
class RateLimitTest {
  private static final FakeService SERVICE = FakeService.started();
  private static final Duration SETTLE_LIMIT = Duration.ofSeconds(10);

  private static final Relay REDIS = new Relay();

  private final int port;
  private String anna = "";
  private String ben = "";

  RateLimitTest(@Value("${local.server.port}") int port) {
    this.port = port;
  }

  @BeforeAll
  static void connect(RunningBackends backends) throws IOException {
    REDIS.leadTo(backends.get("BLUETICK_REDIS"));
  }

  @DynamicPropertySource
  static void urls(DynamicPropertyRegistry registry) {
    registry.add("bluetick.edge.upstream.url.media", SERVICE::url);
    registry.add("bluetick.edge.upstream.url.user", SERVICE::url);
    registry.add("bluetick.edge.upstream.url.session", SERVICE::url);
    registry.add("bluetick.edge.limit.redis", () -> "redis://" + REDIS.address() + "/0");
  }

  /** Accounts of its own for each test: what one used up, the other does not miss. */
  @BeforeEach
  void forget() throws IOException {
    anna = "anna-" + System.nanoTime();
    ben = "ben-" + anna;
    REDIS.mend();
    awaitRedis();
    SERVICE.reset();
  }

  @AfterAll
  static void stop() throws IOException {
    SERVICE.close();
    REDIS.close();
  }

  @Test
  void who_asks_too_often_is_refused_and_told_for_how_long() throws Exception {
    for (int left = 2; left >= 0; left--) {
      HttpResponse<String> answer = media(anna);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().allValues("RateLimit-Limit")).containsExactly("3");
      assertThat(answer.headers().allValues("RateLimit-Remaining")).containsExactly("" + left);
      assertThat(answer.headers().firstValueAsLong("RateLimit-Reset").orElseThrow())
          .isBetween(1L, 90L);
    }
    HttpResponse<String> refused = media(anna);
    assertProblem(refused, 429, "rate-limited");
    assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 30L);
    assertThat(refused.headers().allValues("RateLimit-Remaining")).containsExactly("0");
    assertThat(SERVICE.seen()).hasSize(3);
    assertThat(metrics()).contains("bluetick_edge_limited_total{group=\"media\"");
  }

  @Test
  void accounts_and_groups_of_routes_are_counted_apart() throws Exception {
    assertThat(Call.to(port, "/v1/profiles/x").as(anna).get().statusCode()).isEqualTo(200);
    assertProblem(Call.to(port, "/v1/contacts/x").as(anna).get(), 429, "rate-limited");
    assertThat(Call.to(port, "/v1/contacts/x").as(ben).get().statusCode()).isEqualTo(200);
    assertThat(media(anna).statusCode()).isEqualTo(200);
  }

  @Test
  void open_paths_are_counted_by_address_whatever_token_is_shown() throws Exception {
    assertThat(register("1.2.3.4", anna).statusCode()).isEqualTo(200);
    assertThat(register("1.2.3.4", ben).statusCode()).isEqualTo(200);
    assertProblem(register("1.2.3.4", anna), 429, "rate-limited");
    assertThat(register("1.2.3.5", anna).statusCode()).isEqualTo(200);
  }

  @Test
  void a_service_does_not_speak_for_the_limit() throws Exception {
    SERVICE.answers(200, "application/json", "{}", Map.of("RateLimit-Remaining", "999"));
    assertThat(media(anna).headers().allValues("RateLimit-Remaining")).containsExactly("2");
  }

  @Test
  void probes_are_never_refused() throws Exception {
    for (int i = 0; i < 10; i++) {
      HttpResponse<String> live = Call.to(port, "/livez").get();
      assertThat(live.statusCode()).isEqualTo(200);
      assertThat(live.headers().map()).doesNotContainKey("ratelimit-limit");
    }
  }

  @Test
  void without_redis_this_node_counts_alone_and_stays_ready() throws Exception {
    REDIS.cut();
    awaitLocal();
    for (int i = 0; i < 3; i++) {
      assertThat(media(anna).statusCode()).isEqualTo(200);
    }
    assertProblem(media(anna), 429, "rate-limited");
    assertThat(metrics()).containsPattern("bluetick_edge_limiter_fallbacks_total\\{.*} [1-9]");
    await()
        .atMost(SETTLE_LIMIT)
        .untilAsserted(() ->
            assertThat(Call.to(port, "/actuator/health/readiness").get().statusCode())
                .isEqualTo(200));
  }

  @Test
  void a_redis_that_hangs_delays_few_and_refuses_none() throws Exception {
    REDIS.silence();
    long start = System.nanoTime();
    awaitLocal();
    for (int i = 0; i < 3; i++) {
      assertThat(media(anna).statusCode()).isEqualTo(200);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  private HttpResponse<String> media(String account) throws Exception {
    return Call.to(port, "/v1/media/x").as(account).get();
  }

  private HttpResponse<String> register(String address, String account) throws Exception {
    return Call.to(port, "/v1/registration/x")
        .with("X-Forwarded-For", address)
        .as(account)
        .post("{}");
  }

  private String metrics() throws Exception {
    return Call.to(port, "/actuator/prometheus").get().body();
  }

  private void awaitRedis() {
    awaitGauge("0.0");
  }

  private void awaitLocal() {
    awaitGauge("1.0");
  }

  /** Asks until the state is told; each time as another account, which has a full bucket. */
  private void awaitGauge(String value) {
    await()
        .atMost(SETTLE_LIMIT)
        .untilAsserted(() -> {
          assertThat(media("nobody-" + System.nanoTime()).statusCode()).isEqualTo(200);
          assertThat(metrics())
              .containsPattern("bluetick_edge_limiter_local\\{.*} " + value.replace(".", "\\."));
        });
  }
}
