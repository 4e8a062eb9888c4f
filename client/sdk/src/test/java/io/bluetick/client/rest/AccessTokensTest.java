package io.bluetick.client.rest;

import static io.bluetick.client.rest.FakeServer.json;
import static io.bluetick.client.rest.FakeServer.problem;
import static io.bluetick.client.rest.FakeServer.tokensJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bluetick.client.rest.FakeServer.Asked;
import io.bluetick.client.rest.UnreachableException.Reason;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AccessTokensTest {
  private static final String REFRESH = "POST /v1/tokens/refresh";
  private static final String RECOVER = "POST /v1/tokens/recover";
  private static final String DEVICES = "GET /v1/devices";
  private static final DeviceAddress DEVICE = new DeviceAddress(Samples.ACCOUNT, 2);

  private final FakeServer server = new FakeServer();
  private final FakeStore store = new FakeStore("btr_0");
  private final HandClock clock = new HandClock();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final Api api = server.api();
  private final AccessTokens tokens =
      new AccessTokens(new TokenApi(api), store, clock, Backoff.DEFAULT, pauses::add);
  private final AtomicInteger refreshes = new AtomicInteger();

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void token_is_kept_until_shortly_before_it_expires() {
    server.on(REFRESH, this::rotate);

    assertThat(tokens.get()).isEqualTo("access-1");
    clock.pass(Duration.ofMinutes(9).minusMillis(1));
    assertThat(tokens.get()).isEqualTo("access-1");
    clock.pass(Duration.ofMillis(1));
    assertThat(tokens.get()).isEqualTo("access-2");

    assertThat(shown()).containsExactly("btr_0", "btr_1");
    assertThat(store.load()).isEqualTo("btr_2");
  }

  @Test
  void many_waiters_share_one_refresh() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    server.on(
        REFRESH,
        (exchange, asked) -> {
          await(go);
          rotate(exchange, asked);
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> waiters = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        waiters.add(threads.submit(tokens::get));
      }
      Awaitility.await().until(() -> server.times(REFRESH) == 1);
      go.countDown();
      for (Future<String> waiter : waiters) {
        assertThat(waiter.get(20, TimeUnit.SECONDS)).isEqualTo("access-1");
      }
    }
    assertThat(server.times(REFRESH)).isEqualTo(1);
  }

  @Test
  void waiters_share_a_failure_too() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    server.on(
        REFRESH,
        (exchange, asked) -> {
          await(go);
          problem(ErrorCode.SUSPENDED).to(exchange, asked);
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<RefusedException> one = threads.submit(this::refusal);
      Awaitility.await().until(() -> server.times(REFRESH) == 1);
      AtomicReference<Thread> waiting = new AtomicReference<>();
      Future<RefusedException> other =
          threads.submit(() -> {
            waiting.set(Thread.currentThread());
            return refusal();
          });
      Awaitility.await()
          .until(() -> waiting.get() != null && waiting.get().getState() == Thread.State.WAITING);
      go.countDown();
      assertThat(one.get(20, TimeUnit.SECONDS).is(ErrorCode.SUSPENDED)).isTrue();
      assertThat(other.get(20, TimeUnit.SECONDS).is(ErrorCode.SUSPENDED)).isTrue();
    }
    assertThat(server.times(REFRESH)).isEqualTo(1);
  }

  @Test
  void interrupted_waiter_leaves_the_refresh_to_the_others() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    server.on(
        REFRESH,
        (exchange, asked) -> {
          await(go);
          rotate(exchange, asked);
        });
    AtomicReference<UnreachableException> failure = new AtomicReference<>();
    Thread first =
        Thread.ofVirtual()
            .start(
                () -> failure.set(catchThrowableOfType(UnreachableException.class, tokens::get)));
    Awaitility.await().until(() -> server.times(REFRESH) == 1);
    first.interrupt();
    assertThat(first.join(Duration.ofSeconds(20))).isTrue();
    go.countDown();

    assertThat(tokens.get()).isEqualTo("access-1");
    assertThat(failure.get().reason()).isEqualTo(Reason.INTERRUPTED);
    assertThat(server.times(REFRESH)).isEqualTo(1);
  }

  @Test
  void lost_answer_is_asked_for_with_the_same_token() {
    server.on(
        REFRESH,
        (exchange, asked) -> {
          if (server.times(REFRESH) == 1) {
            exchange.close();
          } else {
            rotate(exchange, asked);
          }
        });

    assertThat(tokens.get()).isEqualTo("access-1");
    assertThat(shown()).containsExactly("btr_0", "btr_0");
    assertThat(pauses).hasSize(1);
  }

  @Test
  void attempts_are_bounded_and_the_next_caller_tries_again() {
    server.on(REFRESH, problem(ErrorCode.UNAVAILABLE, "1"));

    assertThat(refusal().is(ErrorCode.UNAVAILABLE)).isTrue();
    assertThat(shown()).containsExactly("btr_0", "btr_0", "btr_0", "btr_0");
    assertThat(pauses).hasSize(3).allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) >= 0);

    server.on(REFRESH, this::rotate);
    assertThat(tokens.get()).isEqualTo("access-1");
  }

  @Test
  void refresh_token_is_saved_before_the_access_token_is_given_out() {
    server.on(REFRESH, this::rotate);
    store.fill();

    assertThatThrownBy(tokens::get).hasMessage("the disk is full");
    assertThatThrownBy(tokens::get).hasMessage("the disk is full");
    store.empty();
    assertThat(tokens.get()).isEqualTo("access-3");

    assertThat(shown()).containsExactly("btr_0", "btr_0", "btr_0");
    assertThat(store.load()).isEqualTo("btr_3");
  }

  @Test
  void refused_call_is_made_once_more_with_a_fresh_token() {
    server.on(REFRESH, this::rotate);
    server.on(
        DEVICES,
        (exchange, asked) ->
            (asked.header("Authorization").equals("Bearer access-2")
                    ? json(200, devicesJson())
                    : problem(ErrorCode.UNAUTHENTICATED))
                .to(exchange, asked));

    assertThat(new DeviceApi(api, tokens).list().version()).isEqualTo(3);
    assertThat(server.times(DEVICES)).isEqualTo(2);
    assertThat(server.times(REFRESH)).isEqualTo(2);
  }

  @Test
  void call_is_not_made_a_third_time() {
    server.on(REFRESH, this::rotate);
    server.on(DEVICES, problem(ErrorCode.UNAUTHENTICATED));

    assertThatThrownBy(() -> new DeviceApi(api, tokens).list())
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.status()).isEqualTo(401));
    assertThat(server.times(DEVICES)).isEqualTo(2);
    assertThat(server.times(REFRESH)).isEqualTo(2);
  }

  @Test
  void call_that_is_refused_for_something_else_is_not_repeated() {
    server.on(REFRESH, this::rotate);
    server.on(DEVICES, problem(ErrorCode.SUSPENDED));

    assertThatThrownBy(() -> new DeviceApi(api, tokens).list())
        .isInstanceOf(RefusedException.class);
    assertThat(server.times(DEVICES)).isEqualTo(1);
  }

  @Test
  void reused_token_ends_all_and_is_not_shown_again() {
    server.on(REFRESH, problem(ErrorCode.TOKEN_REUSED));

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(tokens::get)
          .isInstanceOfSatisfying(
              TokensEndedException.class, e -> assertThat(e.is(ErrorCode.TOKEN_REUSED)).isTrue());
    }
    assertThat(server.times(REFRESH)).isEqualTo(1);
  }

  @Test
  void token_that_another_way_brought_is_tried_after_the_end() {
    server.on(REFRESH, problem(ErrorCode.EXPIRED));
    assertThatThrownBy(tokens::get).isInstanceOf(TokensEndedException.class);

    store.save("btr_other");
    server.on(REFRESH, this::rotate);

    assertThat(tokens.get()).isEqualTo("access-1");
    assertThat(shown()).containsExactly("btr_0", "btr_other");
  }

  @Test
  void device_recovers_by_its_identity_key() {
    server.on(REFRESH, problem(ErrorCode.TOKEN_REUSED));
    server.on(RECOVER, json(200, tokensJson("access-r", "btr_r")));
    assertThatThrownBy(tokens::get).isInstanceOf(TokensEndedException.class);
    AtomicReference<byte[]> signed = new AtomicReference<>();

    tokens.recover(
        DEVICE,
        message -> {
          signed.set(message);
          return Samples.bytes(64, 7).toByteArray();
        });

    assertThat(tokens.get()).isEqualTo("access-r");
    assertThat(store.load()).isEqualTo("btr_r");
    JsonNode proof = JsonMapper.shared().readTree(server.last().body());
    byte[] nonce = Base64.getDecoder().decode(proof.path("nonce").asString());
    assertThat(proof.propertyNames())
        .containsExactlyInAnyOrder("account", "device", "timeMs", "nonce", "signature");
    assertThat(proof.path("account").asString()).isEqualTo(Samples.ACCOUNT.toString());
    assertThat(proof.path("device").asInt()).isEqualTo(2);
    assertThat(proof.path("timeMs").asLong()).isEqualTo(clock.millis());
    assertThat(proof.path("signature").asString()).isEqualTo(Samples.base64(64, 7));
    assertThat(signed.get())
        .isEqualTo(
            ByteBuffer.allocate(17 + 16 + 1 + 8 + 16)
                .put("bluetick.v1.token".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .put(Samples.ACCOUNT.bytes().toByteArray())
                .put((byte) 2)
                .putLong(clock.millis())
                .put(nonce)
                .array());
  }

  @Test
  void proof_is_made_anew_for_each_attempt() {
    server.on(
        RECOVER,
        (exchange, asked) -> {
          if (server.times(RECOVER) == 1) {
            exchange.close();
          } else {
            json(200, tokensJson("access-r", "btr_r")).to(exchange, asked);
          }
        });

    tokens.recover(DEVICE, _ -> new byte[64]);

    assertThat(
            server.asked().stream()
                .map(asked -> JsonMapper.shared().readTree(asked.body()).path("nonce").asString())
                .distinct())
        .hasSize(2);
  }

  @Test
  void recovery_waits_for_the_refresh_under_way() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    server.on(
        REFRESH,
        (exchange, asked) -> {
          await(go);
          problem(ErrorCode.TOKEN_REUSED).to(exchange, asked);
        });
    server.on(RECOVER, json(200, tokensJson("access-r", "btr_r")));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<RefusedException> refresh = threads.submit(this::refusal);
      Awaitility.await().until(() -> server.times(REFRESH) == 1);
      Future<?> recovery = threads.submit(() -> tokens.recover(DEVICE, _ -> new byte[64]));
      Awaitility.await().during(Duration.ofMillis(300)).until(() -> server.times(RECOVER) == 0);
      go.countDown();
      recovery.get(20, TimeUnit.SECONDS);
      assertThat(refresh.get(20, TimeUnit.SECONDS)).isInstanceOf(TokensEndedException.class);
    }
    assertThat(tokens.get()).isEqualTo("access-r");
  }

  @Test
  void device_that_is_none_any_more_cannot_recover() {
    server.on(RECOVER, problem(ErrorCode.BAD_SIGNATURE));

    assertThatThrownBy(() -> tokens.recover(DEVICE, _ -> new byte[64]))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.is(ErrorCode.BAD_SIGNATURE)).isTrue());
    assertThat(server.times(RECOVER)).isEqualTo(1);
  }

  @Test
  void token_that_could_break_a_header_is_not_understood_and_not_quoted() {
    server.on(REFRESH, json(200, tokensJson("secret\\r\\nX-Evil: 1", "btr_1")));

    UnreachableException garbage = catchThrowableOfType(UnreachableException.class, tokens::get);

    assertThat(garbage.reason()).isEqualTo(Reason.NOT_UNDERSTOOD);
    assertThat(garbage).hasNoCause().message().doesNotContain("secret");
    assertThat(store.load()).isEqualTo("btr_0");
  }

  @Test
  void tokens_do_not_print_themselves() {
    assertThat(new TokenApi.Tokens("access", 600, "btr_x").toString()).isEqualTo("Tokens");
  }

  private RefusedException refusal() {
    return catchThrowableOfType(RefusedException.class, tokens::get);
  }

  private void rotate(com.sun.net.httpserver.HttpExchange exchange, Asked asked)
      throws java.io.IOException {
    int n = refreshes.incrementAndGet();
    json(200, tokensJson("access-" + n, "btr_" + n)).to(exchange, asked);
  }

  private List<String> shown() {
    return server.asked().stream()
        .filter(asked -> asked.path().equals("/v1/tokens/refresh"))
        .map(asked -> JsonMapper.shared().readTree(asked.body()).path("refreshToken").asString())
        .toList();
  }

  private static String devicesJson() {
    return "{\"version\":3,\"signedList\":" + Samples.listJson() + ",\"devices\":[]}";
  }

  private static void await(CountDownLatch go) {
    try {
      assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
