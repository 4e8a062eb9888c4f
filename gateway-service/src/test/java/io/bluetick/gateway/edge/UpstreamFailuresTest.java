package io.bluetick.gateway.edge;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpHandler;
import io.bluetick.devstack.Backend;
import io.bluetick.gateway.Accounts;
import io.bluetick.gateway.Call;
import io.bluetick.gateway.FakeService;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.testkit.Backends;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.server.ResponseStatusException;
import reactor.netty.http.client.HttpClient;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** What callers learn when a service is away, slow or busy. */
@Backends({Backend.KAFKA, Backend.REDIS})
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "bluetick.edge.upstream.response-timeout=1s",
      "bluetick.edge.upstream.connection-limit=2",
      "bluetick.edge.upstream.pending-limit=1",
      "bluetick.edge.upstream.pending-timeout=10s",
      "bluetick.edge.limit.standard.burst=10000"
    })
@Import({Accounts.class, UpstreamFailuresTest.CountedConnects.class})
class UpstreamFailuresTest {
  private static final FakeService SLOW = FakeService.started();
  private static final FakeService AWAY = FakeService.stopped();
  private static final AtomicInteger CONNECTS = new AtomicInteger();
  private static volatile Runnable onSecondConnect = () -> {};

  private final int port;

  UpstreamFailuresTest(@Value("${local.server.port}") int port) {
    this.port = port;
  }

  /** Sees each attempt to connect, before it is made. */
  @TestConfiguration(proxyBeanMethods = false)
  static class CountedConnects {
    @Bean
    static BeanPostProcessor countedConnects() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return bean instanceof HttpClient http
              ? http.doOnConnect(_ -> {
                if (CONNECTS.incrementAndGet() == 2) {
                  onSecondConnect.run();
                }
              })
              : bean;
        }
      };
    }
  }

  @DynamicPropertySource
  static void urls(DynamicPropertyRegistry registry) {
    registry.add("bluetick.edge.upstream.url.media", SLOW::url);
    registry.add("bluetick.edge.upstream.url.user", AWAY::url);
  }

  @BeforeEach
  void forget() {
    SLOW.reset();
    AWAY.close();
    CONNECTS.set(0);
    onSecondConnect = () -> {};
  }

  @AfterAll
  static void stop() {
    SLOW.close();
    AWAY.close();
  }

  @Test
  void a_service_that_is_away_is_unavailable_and_a_get_tries_twice() throws Exception {
    assertProblem(call("/v1/groups/x").get(), 503, "unavailable");
    assertThat(CONNECTS).hasValue(2);
  }

  @Test
  void a_post_is_never_repeated() throws Exception {
    assertProblem(call("/v1/groups").post("{}"), 503, "unavailable");
    assertThat(CONNECTS).hasValue(1);
  }

  @Test
  void a_get_reaches_a_service_that_comes_back_meanwhile() throws Exception {
    onSecondConnect = AWAY::start;
    assertThat(call("/v1/groups/x").get().statusCode()).isEqualTo(200);
  }

  @Test
  void a_service_that_does_not_answer_has_timed_out_and_is_asked_once() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    SLOW.answers(hanging(end));
    assertProblem(call("/v1/media/x").get(), 504, "timed-out");
    assertThat(SLOW.seen()).hasSize(1);
    end.countDown();
  }

  @Test
  void more_requests_than_connections_and_places_to_wait_are_refused() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    SLOW.answers(hanging(end));
    List<CompletableFuture<HttpResponse<String>>> taken =
        Stream.generate(() -> call("/v1/media/x").getLater()).limit(2).toList();
    await().atMost(Duration.ofSeconds(5)).until(() -> SLOW.seen().size() == 2);
    CompletableFuture<HttpResponse<String>> waiting = call("/v1/media/x").getLater();
    CompletableFuture<HttpResponse<String>> tooMany = call("/v1/media/x").getLater();

    // Whichever came last is refused at once; the other one waits until it has timed out.
    CompletableFuture.anyOf(waiting, tooMany).get();
    boolean waitingWasRefused = waiting.isDone();
    assertThat(SLOW.seen()).hasSize(2);
    assertProblem((waitingWasRefused ? waiting : tooMany).get(), 503, "unavailable");
    assertProblem((waitingWasRefused ? tooMany : waiting).get(), 504, "timed-out");
    end.countDown();
    for (CompletableFuture<HttpResponse<String>> answer : taken) {
      answer.get();
    }
  }

  @Test
  void who_waited_too_long_for_a_connection_was_never_heard() {
    Throwable tooLong =
        new ResponseStatusException(
            HttpStatus.GATEWAY_TIMEOUT, "", new PoolAcquireTimeoutException(Duration.ofSeconds(1)));
    assertThat(UpstreamFailures.explain(tooLong))
        .isInstanceOfSatisfying(
            BluetickException.class,
            known -> assertThat(known.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }

  @Test
  void a_service_that_breaks_off_is_unavailable() throws Exception {
    SLOW.answers(exchange -> exchange.close());
    assertProblem(call("/v1/media/x").post("{}"), 503, "unavailable");
  }

  @Test
  void dead_services_leave_the_gateway_ready() throws Exception {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() ->
            assertThat(Call.to(port, "/actuator/health/readiness").get().statusCode())
                .isEqualTo(200));
  }

  private Call call(String path) {
    return Call.to(port, path).as("anna");
  }

  private static HttpHandler hanging(CountDownLatch end) {
    return exchange -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
    };
  }
}
