package io.bluetick.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bluetick.gateway.edge.UpstreamClientForTests;
import io.bluetick.gateway.session.Sessions.Answer;
import io.bluetick.gateway.session.Sessions.Asked;
import io.bluetick.gateway.session.Sessions.Place;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.SessionRequest;
import io.bluetick.protocol.v1.SessionRequests;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over a real connection, to a session-service that is not. */
class HttpSessionsTest extends SessionsContract {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Place HERE = new Place("g1", -7);
  private static final String SECRET = "a secret for tests, long enough for any";

  private final FakeSessionService service = new FakeSessionService(SECRET);
  private final UpstreamClientForTests upstream = new UpstreamClientForTests(service.url());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Sessions sessions = knowing(SECRET, "g1");
  private final Sessions elsewhere = knowing(SECRET, "g2");
  private final StaticKey key = newKey();
  private final DeviceAddress device = known(key);

  private Sessions knowing(String secret, String node) {
    SessionSettings settings =
        new SessionSettings(
            SessionSettings.Source.HTTP,
            1,
            secret,
            Duration.ofSeconds(2),
            4,
            1_000,
            Duration.ofMillis(10));
    SessionService http = new HttpSessionService(upstream.client(), settings);
    return new HttpSessions(node, http, settings, meters);
  }

  @AfterEach
  void close() {
    upstream.close();
    service.close();
  }

  @Override
  Sessions sessions() {
    return sessions;
  }

  @Override
  Sessions at(String node) {
    return node.equals("g1") ? sessions : elsewhere;
  }

  @Override
  DeviceAddress known(StaticKey key) {
    return new DeviceAddress(AccountId.random(new SecureRandom()), 3);
  }

  @Override
  void settle() {
    await().atMost(LIMIT).until(() -> meters.get("bluetick.sessions.in.hand").gauge().value() == 0);
  }

  private long requests(SessionRequest.RequestCase what) {
    return service.seen.stream()
        .flatMap(call -> call.getRequestsList().stream())
        .filter(request -> request.getRequestCase() == what)
        .count();
  }

  @Test
  void what_is_asked_for_arrives_whole() {
    var _ = sessions.open(new Asked(device, key, HERE, 9)).toCompletableFuture().join();
    SessionRequests call = service.seen.element();
    assertThat(call.getNode()).isEqualTo("g1");
    SessionRequest request = call.getRequests(0);
    assertThat(request.getAccount()).isEqualTo(device.account().bytes());
    assertThat(request.getDevice()).isEqualTo(3);
    assertThat(request.getConnection()).isEqualTo(-7);
    assertThat(request.getOpen().getStaticKey().toByteArray()).isEqualTo(key.bytes());
    assertThat(request.getOpen().getAttempt()).isEqualTo(9);
  }

  @Test
  void a_thousand_at_once_become_few_calls_of_bounded_size() {
    List<CompletionStage<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      answers.add(sessions.open(new Asked(known(key), key, HERE, 0)));
    }
    assertThat(answers)
        .allSatisfy(
            answer -> assertThat(answer).succeedsWithin(LIMIT).isInstanceOf(Answer.Opened.class));
    assertThat(service.seen).hasSizeLessThan(100);
    assertThat(service.seen)
        .allSatisfy(call -> assertThat(call.getRequestsCount()).isLessThanOrEqualTo(256));
  }

  @Test
  void an_error_of_session_service_is_no_answer() {
    service.fail(1);
    assertThat(sessions.open(new Asked(device, key, HERE, 0))).failsWithin(LIMIT);
    assertThat(open(device, key, HERE)).isInstanceOf(Answer.Opened.class);
  }

  @Test
  void nor_is_its_refusal_of_our_secret() {
    assertThat(knowing("another", "g1").open(new Asked(device, key, HERE, 0))).failsWithin(LIMIT);
    assertThat(sessions.restore(device, HERE, 1)).succeedsWithin(LIMIT);
    assertThat(knowing("another", "g1").restore(device, HERE, 1)).failsWithin(LIMIT);
  }

  @Test
  void nor_is_nobody() {
    service.close();
    assertThat(sessions.open(new Asked(device, key, HERE, 0))).failsWithin(LIMIT);
  }

  @Test
  void a_close_that_failed_is_repeated() {
    long epoch = ((Answer.Opened) open(device, key, HERE)).epoch();
    service.fail(2);
    sessions.close(device, epoch);
    await().atMost(LIMIT).until(() -> requests(SessionRequest.RequestCase.CLOSE) == 3);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(((Answer.Opened) open(device, key, HERE)).displaced()).isEmpty());
  }

  @Test
  void a_close_is_given_up_in_the_end() {
    service.fail(3);
    sessions.close(device, 1);
    await().atMost(LIMIT).until(() -> meters.counter("bluetick.sessions.forgotten").count() == 1);
    assertThat(requests(SessionRequest.RequestCase.CLOSE)).isEqualTo(3);
    assertThat(meters.get("bluetick.sessions.in.hand").gauge().value()).isZero();
  }

  @Test
  void an_opening_is_taken_back_for_as_long_as_it_takes() {
    Answer.Opened first = (Answer.Opened) open(device, key, HERE);
    Answer.Opened second = (Answer.Opened) open(device, key, new Place("g1", 8));
    assertThat(second.displaced()).contains(HERE);
    service.fail(7);
    sessions.abandon(device, second);
    await().atMost(LIMIT).until(() -> requests(SessionRequest.RequestCase.ABANDON) == 8);
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(((Answer.Opened) open(device, key, HERE)).displaced()).contains(HERE));
    assertThat(first.epoch()).isLessThan(second.epoch());
  }
}
