package io.bluetick.session.registration;

import static io.bluetick.testkit.service.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.devstack.Backend;
import io.bluetick.session.registration.VerificationSender.Outcome;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ApiCaller;
import io.bluetick.testkit.service.ServiceTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
@Import(RegistrationParts.class)
class VerificationFlowTest {
  private final RecordedSender sender;
  private final TestClock clock;
  private final JdbcClient sql;
  private final Phone.Network network;
  private final Phone phone;

  @Autowired
  VerificationFlowTest(
      @Value("${local.server.port}") int port,
      JsonMapper json,
      RecordedSender sender,
      TestClock clock,
      JdbcClient sql) {
    this.sender = sender;
    this.clock = clock;
    this.sql = sql;
    this.network = new Phone.Network(new ApiCaller(port), json, sender);
    this.phone = new Phone(network);
  }

  @Test
  void a_number_is_verified_by_the_code_that_came() throws Exception {
    String session = phone.begin();
    JsonNode begun = ApiCaller.json(phone.read(session));
    assertThat(begun.path("codesLeft").asInt()).isEqualTo(5);
    assertThat(begun.path("nextCodeAfterS").asInt()).isZero();
    assertThat(begun.path("verified").asBoolean()).isFalse();
    assertProblem(phone.guess(session, "123456"), 409, "conflict");

    assertThat(phone.askForCode(session).statusCode()).isEqualTo(200);
    Phone.Verified verified = phone.verified(session);
    assertThat(verified.nextListVersion()).isEqualTo(1);
    assertThat(verified.json().path("pinRequired").asBoolean()).isFalse();
    assertThat(phone.verified(session).account()).isEqualTo(verified.account());
    assertThat(ApiCaller.json(phone.read(session)).path("verified").asBoolean()).isTrue();
    assertProblem(phone.askForCode(session), 409, "conflict");
  }

  @Test
  void the_sender_is_told_what_the_caller_wants() throws Exception {
    String session = phone.begin();
    String path = "/v1/registration/sessions/" + session + "/code";
    assertProblem(phone.api().post(path, "{\"transport\":\"fax\"}"), 400, "bad-request");
    assertProblem(
        phone.api().post(path, "{\"transport\":\"sms\",\"language\":\"d'oh\"}"), 422, "invalid");
    String wish = "{\"transport\":\"voice\",\"language\":\"de-AT\"}";
    assertThat(phone.api().post(path, wish).statusCode()).isEqualTo(200);
    VerificationSender.Code code = sender.sentTo(phone.number()).getFirst();
    assertThat(code.transport()).isEqualTo(VerificationSender.Transport.VOICE);
    assertThat(code.language()).contains("de-AT");
    assertThat(code.digits()).matches("[0-9]{6}");
    assertThat(code.lives()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void the_waits_between_codes_grow_until_there_are_no_more() throws Exception {
    String session = phone.begin();
    for (int wait : List.of(60, 180, 600, 600)) {
      JsonNode state = ApiCaller.json(phone.askForCode(session));
      assertThat(state.path("nextCodeAfterS").asInt()).isEqualTo(wait);
      clock.advance(Duration.ofSeconds(wait - 1));
      HttpResponse<String> early = phone.askForCode(session);
      assertProblem(early, 429, "rate-limited");
      assertThat(early.headers().firstValue("Retry-After")).contains("1");
      clock.advance(Duration.ofSeconds(1));
    }
    JsonNode last = ApiCaller.json(phone.askForCode(session));
    assertThat(last.path("codesLeft").asInt()).isZero();
    assertThat(last.has("nextCodeAfterS")).isFalse();
    clock.advance(Duration.ofMinutes(14));
    assertProblem(phone.askForCode(session), 410, "expired");
    assertThat(sender.sentTo(phone.number())).hasSize(5);
    phone.verified(session);
  }

  @Test
  void a_number_gets_ten_codes_a_day_over_all_sessions() throws Exception {
    for (int i = 0; i < 2; i++) {
      String session = phone.begin();
      for (int code = 0; code < 5; code++) {
        assertThat(phone.askForCode(session).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(10));
      }
    }
    String third = phone.begin();
    HttpResponse<String> refused = phone.askForCode(third);
    assertProblem(refused, 429, "rate-limited");
    assertThat(refused.headers().firstValue("Retry-After")).contains("80400"); // 22 h 20 min
    Phone other = new Phone(network);
    assertThat(other.askForCode(other.begin()).statusCode()).isEqualTo(200);

    clock.advance(Duration.ofMinutes(1340));
    assertThat(phone.askForCode(phone.begin()).statusCode()).isEqualTo(200);
  }

  @Test
  void what_could_not_be_sent_costs_no_code_but_is_bounded() throws Exception {
    sender.answer(phone.number(), new Outcome.Failed("away", "Later."));
    String session = phone.begin();
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> failed = phone.askForCode(session);
      assertProblem(failed, 503, "unavailable");
      assertThat(failed.headers().firstValue("Retry-After")).contains("10");
      if (i < 4) {
        assertThat(ApiCaller.json(phone.read(session)).path("codesLeft").asInt()).isEqualTo(5);
        assertProblem(phone.askForCode(session), 429, "rate-limited");
      }
      clock.advance(Duration.ofSeconds(10));
    }
    assertProblem(phone.askForCode(session), 410, "expired");
    assertThat(sender.sentTo(phone.number())).hasSize(5);
  }

  @Test
  void a_number_that_cannot_be_reached_is_told_so() throws Exception {
    sender.answer(phone.number(), new Outcome.Unreachable());
    String session = phone.begin();
    assertProblem(phone.askForCode(session), 422, "invalid");
    assertThat(ApiCaller.json(phone.read(session)).path("codesLeft").asInt()).isEqualTo(4);
  }

  @Test
  void a_code_is_void_after_five_wrong_guesses_whose_waits_grow() throws Exception {
    String session = phone.begin();
    phone.askForCode(session);
    for (int wait : List.of(1, 2, 5, 10, 30)) {
      HttpResponse<String> wrong = phone.guess(session, phone.wrongDigits(session));
      assertProblem(wrong, 422, "wrong-code");
      assertThat(wrong.headers().firstValue("Retry-After")).contains(Integer.toString(wait));
      if (wait < 30) {
        assertProblem(phone.guess(session, phone.lastDigits(session)), 429, "rate-limited");
      }
      clock.advance(Duration.ofSeconds(wait));
    }
    assertProblem(phone.guess(session, phone.lastDigits(session)), 409, "conflict");
    clock.advance(Duration.ofSeconds(60));
    phone.askForCode(session);
    phone.verified(session);
  }

  @Test
  void a_session_is_void_after_fifteen_wrong_guesses() throws Exception {
    String session = phone.begin();
    for (int guess = 0; guess < 15; guess++) {
      if (guess % 5 == 0) {
        clock.advance(Duration.ofMinutes(3));
        assertThat(phone.askForCode(session).statusCode()).isEqualTo(200);
      }
      HttpResponse<String> wrong = phone.guess(session, phone.wrongDigits(session));
      assertProblem(wrong, guess < 14 ? 422 : 410, guess < 14 ? "wrong-code" : "expired");
      clock.advance(Duration.ofSeconds(30));
    }
    assertProblem(phone.guess(session, phone.lastDigits(session)), 410, "expired");
    assertProblem(phone.read(session), 410, "expired");
  }

  @Test
  void of_guesses_at_the_same_time_one_is_looked_at() throws Exception {
    String session = phone.begin();
    phone.askForCode(session);
    List<Integer> statuses = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        answers.add(threads.submit(() -> phone.guess(session, phone.wrongDigits(session))));
      }
      for (Future<HttpResponse<String>> answer : answers) {
        statuses.add(answer.get().statusCode());
      }
    }
    assertThat(statuses).filteredOn(status -> status == 422).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 429).hasSize(7);
  }

  @Test
  void only_the_newest_code_counts_and_only_in_its_session() throws Exception {
    String session = phone.begin();
    phone.askForCode(session);
    String first = phone.lastDigits(session);
    clock.advance(Duration.ofSeconds(60));
    phone.askForCode(session);
    String other = phone.begin();
    if (!first.equals(phone.lastDigits(session))) {
      assertProblem(phone.guess(session, first), 422, "wrong-code");
    }
    assertProblem(phone.guess(other, phone.lastDigits(session)), 409, "conflict");
  }

  @Test
  void a_session_ends() throws Exception {
    String unused = phone.begin();
    clock.advance(Duration.ofSeconds(899));
    assertThat(phone.read(unused).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    assertProblem(phone.read(unused), 410, "expired");
    assertProblem(phone.askForCode(unused), 410, "expired");
    assertProblem(phone.guess(unused, "123456"), 410, "expired");
    assertProblem(phone.read("00000000000000000000000000000000"), 410, "expired");
    assertProblem(phone.read("nothing"), 410, "expired");

    Phone.Verified verified = phone.verify();
    clock.advance(Duration.ofSeconds(1799));
    phone.verified(verified.session());
    clock.advance(Duration.ofSeconds(1));
    assertProblem(
        phone.guess(verified.session(), phone.lastDigits(verified.session())), 410, "expired");
  }

  @Test
  void nobody_is_told_whether_a_number_is_registered() throws Exception {
    phone.register();
    Phone fresh = new Phone(network);
    clock.advance(Duration.ofHours(1));
    List<HttpResponse<String>> known = new ArrayList<>();
    List<HttpResponse<String>> unknown = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      known.addAll(answersBeforeTheCode(phone));
      unknown.addAll(answersBeforeTheCode(fresh));
    }
    assertThat(known.stream().map(VerificationFlowTest::shape))
        .containsExactlyElementsOf(unknown.stream().map(VerificationFlowTest::shape).toList());
  }

  private List<HttpResponse<String>> answersBeforeTheCode(Phone caller) throws Exception {
    String session = caller.begin();
    return List.of(
        caller.read(session),
        caller.guess(session, "000000"),
        caller.askForCode(session),
        caller.askForCode(session),
        caller.guess(session, caller.wrongDigits(session)),
        caller.read(session));
  }

  /** All but what differs each time. */
  private static String shape(HttpResponse<String> answer) {
    ObjectNode body = (ObjectNode) ApiCaller.json(answer);
    body.remove(List.of("session", "trace", "instance"));
    Set<String> headers = new TreeSet<>(answer.headers().map().keySet());
    headers.remove("connection"); // Of the hundredth request.
    return answer.statusCode() + " " + headers + " " + body;
  }

  @Test
  void only_numbers_begin_and_not_without_end() throws Exception {
    String path = "/v1/registration/sessions";
    assertProblem(phone.api().post(path, "{\"number\":\"0151 12345678\"}"), 422, "invalid");
    assertProblem(phone.api().post(path, "{}"), 422, "invalid");
    for (int i = 0; i < 5; i++) {
      phone.begin();
    }
    assertProblem(phone.tryBegin(), 429, "rate-limited");
  }

  @Test
  void the_database_has_neither_numbers_nor_codes_nor_sessions() throws Exception {
    String session = phone.begin();
    phone.askForCode(session);
    String rows =
        sql.sql("SELECT v::text FROM verification v").query(String.class).list().toString()
            + sql.sql("SELECT c::text FROM verification_code c").query(String.class).list();
    for (String secret :
        List.of(phone.number(), phone.number().substring(1), phone.lastDigits(session))) {
      assertThat(rows).doesNotContain(hex(secret));
    }
    assertThat(rows).contains("\\x").doesNotContain(phone.number()).doesNotContain(session);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void what_has_expired_is_deleted(@Autowired VerificationSweep sweep) throws Exception {
    phone.askForCode(phone.begin());
    clock.advance(Duration.ofHours(24));
    String living = phone.begin();
    sweep.sweep();
    assertThat(sql.sql("SELECT count(*) FROM verification").query(Integer.class).single())
        .isEqualTo(1);
    assertThat(sql.sql("SELECT count(*) FROM verification_code").query(Integer.class).single())
        .isZero();
    assertThat(phone.read(living).statusCode()).isEqualTo(200);
  }
}
