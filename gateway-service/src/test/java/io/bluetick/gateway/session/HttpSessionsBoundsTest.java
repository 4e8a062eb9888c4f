package io.bluetick.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.gateway.session.Sessions.Answer;
import io.bluetick.gateway.session.Sessions.Asked;
import io.bluetick.gateway.session.Sessions.Place;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.SessionAnswer;
import io.bluetick.protocol.v1.SessionAnswers;
import io.bluetick.protocol.v1.SessionDone;
import io.bluetick.protocol.v1.SessionOpened;
import io.bluetick.protocol.v1.SessionRequests;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** With a session-service that answers when the test says so. */
class HttpSessionsBoundsTest {
  private static final int WAITING = 2_000;
  private static final Duration AT_ONCE = Duration.ofSeconds(1);
  private static final Place HERE = new Place("g1", 1);
  private static final StaticKey KEY = new StaticKey(new byte[32]);
  private static final DeviceAddress DEVICE = new DeviceAddress(new AccountId(1, 2), 0);

  private record Call(SessionRequests requests, CompletableFuture<SessionAnswers> answers) {}

  private final Deque<Call> calls = new ArrayDeque<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Sessions sessions =
      new HttpSessions(
          "g1",
          requests -> {
            calls.add(new Call(requests, new CompletableFuture<>()));
            return calls.getLast().answers();
          },
          new SessionSettings(
              SessionSettings.Source.HTTP, 1, "", AT_ONCE, 4, WAITING, Duration.ofHours(1)),
          meters);

  private List<CompletionStage<Answer>> open(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> sessions.open(new Asked(DEVICE, KEY, new Place("g1", i), 0)))
        .toList();
  }

  private static SessionAnswer opened(long epoch) {
    return SessionAnswer.newBuilder().setOpened(SessionOpened.newBuilder().setEpoch(epoch)).build();
  }

  private static SessionAnswer refused(String slug) {
    return SessionAnswer.newBuilder().setRefused(slug).build();
  }

  private void answerFirst(SessionAnswer answer) {
    Call call = calls.remove();
    SessionAnswers.Builder answers = SessionAnswers.newBuilder();
    call.requests().getRequestsList().forEach(_ -> answers.addAnswers(answer));
    call.answers().complete(answers.build());
  }

  private int inHand() {
    return (int) meters.get("bluetick.sessions.in.hand").gauge().value();
  }

  @Test
  void four_calls_are_on_their_way_and_what_comes_meanwhile_is_gathered() {
    List<CompletionStage<Answer>> answers = open(300);
    assertThat(calls).hasSize(4);
    assertThat(calls).allSatisfy(call -> assertThat(call.requests().getRequestsCount()).isOne());
    answerFirst(opened(5));
    assertThat(answers.getFirst()).isCompleted();
    assertThat(calls).hasSize(4);
    assertThat(calls.getLast().requests().getRequestsCount()).isEqualTo(256);
    answerFirst(opened(5));
    assertThat(calls.getLast().requests().getRequestsCount()).isEqualTo(40);
    while (!calls.isEmpty()) {
      answerFirst(opened(5));
    }
    assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompleted());
    assertThat(inHand()).isZero();
  }

  @Test
  void each_gets_its_own_answer() {
    List<CompletionStage<Answer>> answers = open(7);
    for (int i = 0; i < 4; i++) {
      answerFirst(opened(i));
    }
    SessionAnswers three =
        SessionAnswers.newBuilder()
            .addAnswers(opened(4))
            .addAnswers(refused("suspended"))
            .addAnswers(opened(6))
            .build();
    calls.remove().answers().complete(three);
    List<Answer> told = new ArrayList<>();
    answers.forEach(answer -> told.add(answer.toCompletableFuture().join()));
    assertThat(told.get(4)).isEqualTo(new Answer.Opened(4, 0, Optional.empty()));
    assertThat(told.get(5)).isEqualTo(new Answer.Refused(ErrorCode.SUSPENDED));
    assertThat(told.get(6)).isEqualTo(new Answer.Opened(6, 0, Optional.empty()));
  }

  @Test
  void too_few_answers_are_none() {
    CompletionStage<Answer> answer = open(1).getFirst();
    calls.remove().answers().complete(SessionAnswers.getDefaultInstance());
    assertThat(answer).failsWithin(AT_ONCE);
  }

  @Test
  void the_answer_to_something_else_is_none() {
    CompletionStage<Answer> answer = open(1).getFirst();
    answerFirst(SessionAnswer.newBuilder().setDone(SessionDone.getDefaultInstance()).build());
    assertThat(answer).failsWithin(AT_ONCE);
    assertThat(inHand()).isZero();
  }

  @Test
  void past_the_bound_openings_are_refused_and_closings_forgotten() {
    open(WAITING);
    assertThat(open(1).getFirst())
        .succeedsWithin(AT_ONCE)
        .isEqualTo(new Answer.Refused(ErrorCode.UNAVAILABLE));
    sessions.close(DEVICE, 1);
    assertThat(meters.counter("bluetick.sessions.forgotten").count()).isOne();
    assertThat(sessions.restore(DEVICE, HERE, 1)).failsWithin(AT_ONCE);
    sessions.abandon(DEVICE, new Answer.Opened(1, 1, Optional.empty()));
    assertThat(inHand()).isEqualTo(WAITING + 1);
    while (!calls.isEmpty()) {
      answerFirst(opened(5));
    }
    open(1);
    assertThat(calls).hasSize(1);
  }

  @Test
  void a_later_attempt_and_reasons_of_the_future_are_refusals() {
    List<CompletionStage<Answer>> answers = open(2);
    answerFirst(refused("replaced"));
    answerFirst(refused("nobody-knows-it-yet"));
    assertThat(answers.get(0))
        .succeedsWithin(AT_ONCE)
        .isEqualTo(new Answer.Refused(ErrorCode.REPLACED));
    assertThat(answers.get(1))
        .succeedsWithin(AT_ONCE)
        .isEqualTo(new Answer.Refused(ErrorCode.UNAVAILABLE));
  }

  @Test
  void only_what_will_not_change_ends_a_session_that_is_told_again() {
    CompletionStage<Optional<ErrorCode>> present = sessions.restore(DEVICE, HERE, 1);
    CompletionStage<Optional<ErrorCode>> suspended = sessions.restore(DEVICE, HERE, 1);
    CompletionStage<Optional<ErrorCode>> unknown = sessions.restore(DEVICE, HERE, 1);
    assertThat(calls.getFirst().requests().getRequests(0).getRestore().getEpoch()).isEqualTo(1);
    answerFirst(SessionAnswer.newBuilder().setDone(SessionDone.getDefaultInstance()).build());
    answerFirst(refused("suspended"));
    answerFirst(refused("unavailable"));
    assertThat(present).succeedsWithin(AT_ONCE).isEqualTo(Optional.empty());
    assertThat(suspended).succeedsWithin(AT_ONCE).isEqualTo(Optional.of(ErrorCode.SUSPENDED));
    assertThat(unknown).failsWithin(AT_ONCE);
  }
}
