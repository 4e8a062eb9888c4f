package io.bluetick.session.push;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers what the test says, in turn; and else that all was sent. */
final class FakeSender implements PushSender {
  private final PushKind kind;
  private final List<Wake> sent = new ArrayList<>();
  private final Deque<CompletionStage<Outcome>> answers = new ArrayDeque<>();

  FakeSender(PushKind kind) {
    this.kind = kind;
  }

  synchronized void answer(CompletionStage<Outcome> answer) {
    answers.add(answer);
  }

  void answer(Outcome outcome) {
    answer(CompletableFuture.completedStage(outcome));
  }

  synchronized List<Wake> sent() {
    return List.copyOf(sent);
  }

  @Override
  public PushKind kind() {
    return kind;
  }

  @Override
  public synchronized CompletionStage<Outcome> send(PushToken token, Wake wake) {
    sent.add(wake);
    CompletionStage<Outcome> answer = answers.poll();
    return answer == null ? CompletableFuture.completedStage(new Outcome.Sent()) : answer;
  }
}
