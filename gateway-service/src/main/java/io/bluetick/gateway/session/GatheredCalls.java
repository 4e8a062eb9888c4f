package io.bluetick.gateway.session;

import io.bluetick.protocol.v1.SessionAnswer;
import io.bluetick.protocol.v1.SessionAnswers;
import io.bluetick.protocol.v1.SessionRequest;
import io.bluetick.protocol.v1.SessionRequests;
import io.micrometer.core.instrument.DistributionSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks session-service for many at once: while its calls are on their way, what comes is gathered
 * for the next. So a lone request waits for nobody, and a storm of them becomes few calls. Its
 * caller bounds what waits.
 */
final class GatheredCalls {
  /** Session-service refuses more in one call. */
  static final int MAX_GATHERED = 256;

  private final String node;
  private final SessionService service;
  private final AtomicInteger freeCalls;
  private final Queue<Question> waiting = new ConcurrentLinkedQueue<>();
  private final DistributionSummary sizes;

  private record Question(SessionRequest request, CompletableFuture<SessionAnswer> answer) {}

  GatheredCalls(String node, SessionService service, int calls, DistributionSummary sizes) {
    this.node = node;
    this.service = service;
    this.freeCalls = new AtomicInteger(calls);
    this.sizes = sizes;
  }

  /** Any thread; never waits. Fails when the answer is not known. */
  CompletionStage<SessionAnswer> ask(SessionRequest request) {
    Question question = new Question(request, new CompletableFuture<>());
    waiting.add(question);
    callForWaiting();
    return question.answer();
  }

  private void callForWaiting() {
    while (!waiting.isEmpty() && takeCall()) {
      List<Question> gathered = new ArrayList<>();
      for (Question next = waiting.poll(); next != null; next = waiting.poll()) {
        gathered.add(next);
        if (gathered.size() == MAX_GATHERED) {
          break;
        }
      }
      if (gathered.isEmpty()) {
        freeCalls.incrementAndGet();
      } else {
        call(gathered);
      }
    }
  }

  private boolean takeCall() {
    return freeCalls.getAndUpdate(free -> Math.max(0, free - 1)) > 0;
  }

  private void call(List<Question> gathered) {
    sizes.record(gathered.size());
    SessionRequests.Builder requests = SessionRequests.newBuilder().setNode(node);
    gathered.forEach(question -> requests.addRequests(question.request()));
    CompletionStage<SessionAnswers> called;
    try {
      called = service.call(requests.build());
    } catch (RuntimeException e) {
      called = CompletableFuture.failedFuture(e);
    }
    var _ =
        called.whenComplete((answers, failure) -> {
          freeCalls.incrementAndGet();
          callForWaiting();
          tell(gathered, answers, failure);
        });
  }

  private static void tell(
      List<Question> gathered, @Nullable SessionAnswers answers, @Nullable Throwable failure) {
    for (int i = 0; i < gathered.size(); i++) {
      CompletableFuture<SessionAnswer> asked = gathered.get(i).answer();
      if (answers != null && answers.getAnswersCount() == gathered.size()) {
        asked.complete(answers.getAnswers(i));
      } else {
        asked.completeExceptionally(
            failure != null ? failure : new IllegalStateException("too few or too many answers"));
      }
    }
  }
}
