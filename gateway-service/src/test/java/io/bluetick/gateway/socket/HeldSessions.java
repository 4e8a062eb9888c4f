package io.bluetick.gateway.socket;

import io.bluetick.gateway.session.Sessions;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Openings that are answered when the test says so, all the same. */
final class HeldSessions implements Sessions {
  final CompletableFuture<Answer> answer = new CompletableFuture<>();
  final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
  final Queue<Answer.Opened> abandoned = new ConcurrentLinkedQueue<>();
  final Queue<Long> closed = new ConcurrentLinkedQueue<>();

  @Override
  public CompletionStage<Answer> open(Asked wanted) {
    asked.add(wanted);
    return answer;
  }

  @Override
  public void abandon(DeviceAddress device, Answer.Opened opened) {
    abandoned.add(opened);
  }

  @Override
  public CompletionStage<Optional<ErrorCode>> restore(
      DeviceAddress device, Place place, long epoch) {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  @Override
  public void close(DeviceAddress device, long epoch) {
    closed.add(epoch);
  }
}
