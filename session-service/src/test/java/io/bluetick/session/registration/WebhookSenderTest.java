package io.bluetick.session.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.bluetick.session.number.PhoneNumber;
import io.bluetick.session.registration.VerificationSender.Code;
import io.bluetick.session.registration.VerificationSender.Outcome;
import io.bluetick.session.registration.VerificationSender.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class WebhookSenderTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  private record Call(String signature, String delivery, String body) {}

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.stop(0);
    threads.close();
  }

  /** One after the other; 0 stands for no answer at all. */
  private WebhookSender answering(int... statuses) {
    return answering(Duration.ofSeconds(5), statuses);
  }

  private WebhookSender answering(Duration timeout, int... statuses) {
    Iterator<Integer> next = Arrays.stream(statuses).iterator();
    server.createContext(
        "/codes",
        exchange -> {
          calls.add(
              new Call(
                  exchange.getRequestHeaders().getFirst("Bluetick-Signature"),
                  exchange.getRequestHeaders().getFirst("Bluetick-Delivery"),
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          int status = next.next();
          if (status == 0) {
            awaitRelease();
          }
          exchange.sendResponseHeaders(status == 0 ? 200 : status, -1);
          exchange.close();
        });
    return sender(timeout, server.getAddress().getPort());
  }

  private static WebhookSender sender(Duration timeout, int port) {
    return new WebhookSender(
        new VerificationSettings.Webhook(
            "http://127.0.0.1:" + port + "/codes",
            SECRET,
            Duration.ofSeconds(2),
            timeout,
            2,
            Duration.ofMillis(1),
            1),
        JsonMapper.builder().build(),
        new TestClock());
  }

  private static Code code(Optional<String> language) {
    return new Code(
        PhoneNumber.parse("+4915112345678"),
        ByteString.EMPTY,
        VerificationId.random(new SecureRandom()),
        "012345",
        Transport.VOICE,
        language,
        Duration.ofMinutes(15));
  }

  @Test
  void what_is_sent_is_signed() throws Exception {
    assertThat(answering(204).send(code(Optional.of("de")))).isEqualTo(new Outcome.Sent());
    Call call = calls.getFirst();
    assertThat(call.body())
        .isEqualTo(
            "{\"number\":\"+4915112345678\",\"code\":\"012345\",\"transport\":\"voice\","
                + "\"language\":\"de\",\"expiresInS\":900}");
    long now = new TestClock().instant().getEpochSecond();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] expected = mac.doFinal((now + "." + call.body()).getBytes(StandardCharsets.UTF_8));
    assertThat(call.signature())
        .isEqualTo("t=" + now + ",v1=" + HexFormat.of().formatHex(expected));
  }

  @Test
  void no_language_is_left_out() {
    answering(200).send(code(Optional.empty()));
    assertThat(calls.getFirst().body()).doesNotContain("language");
  }

  @Test
  void a_server_that_fails_is_asked_again_for_the_same_delivery() {
    assertThat(answering(503, 200).send(code(Optional.empty()))).isEqualTo(new Outcome.Sent());
    assertThat(calls).hasSize(2);
    assertThat(calls.get(0).delivery()).isNotEmpty().isEqualTo(calls.get(1).delivery());
  }

  @Test
  void a_server_that_goes_on_failing_is_given_up() {
    assertThat(answering(500, 502, 200).send(code(Optional.empty())))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.reason()).isEqualTo("status_502"));
    assertThat(calls).hasSize(2);
  }

  @Test
  void a_number_that_cannot_be_reached_is_told_from_a_mistake_of_ours() {
    WebhookSender sender = answering(422, 401, 302);
    assertThat(sender.send(code(Optional.empty()))).isEqualTo(new Outcome.Unreachable());
    for (String reason : List.of("status_401", "status_302")) {
      assertThat(sender.send(code(Optional.empty())))
          .isInstanceOfSatisfying(
              Outcome.Failed.class, failed -> assertThat(failed.reason()).isEqualTo(reason));
    }
    assertThat(calls).hasSize(3);
  }

  @Test
  void who_does_not_answer_is_not_waited_for() {
    WebhookSender sender = answering(Duration.ofMillis(100), 0, 0);
    assertThat(sender.send(code(Optional.empty())))
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.reason()).isEqualTo("timeout"));
    assertThat(sender(Duration.ofSeconds(1), 1).send(code(Optional.empty())))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo("java.net.ConnectException"));
  }

  @Test
  void calls_at_once_are_bounded() throws Exception {
    WebhookSender sender = answering(Duration.ofSeconds(30), 0);
    Future<Outcome> first = threads.submit(() -> sender.send(code(Optional.empty())));
    await().until(() -> !calls.isEmpty());
    assertThat(sender.send(code(Optional.empty())))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).isEqualTo("too_many_calls"));
    released.countDown();
    assertThat(first.get()).isEqualTo(new Outcome.Sent());
  }

  private void awaitRelease() throws IOException {
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
