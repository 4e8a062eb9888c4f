package io.bluetick.gateway.socket;

import io.bluetick.gateway.session.Sessions;
import io.bluetick.gateway.session.SessionsForTests;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Everybody may open; what a restore is answered is up to the test. */
final class RestorableSessions implements Sessions {

  /** A session that was told again. */
  record Told(DeviceAddress device, Place place, long epoch) {}

  final Queue<Told> told = new ConcurrentLinkedQueue<>();
  final Queue<Long> closed = new ConcurrentLinkedQueue<>();
  volatile Function<Told, CompletionStage<Optional<ErrorCode>>> answer =
      _ -> CompletableFuture.completedFuture(Optional.empty());
  private final Sessions opening = SessionsForTests.firstUse();

  @Override
  public CompletionStage<Answer> open(Asked asked) {
    return opening.open(asked);
  }

  @Override
  public void abandon(DeviceAddress device, Answer.Opened opened) {
    opening.abandon(device, opened);
  }

  @Override
  public void close(DeviceAddress device, long epoch) {
    closed.add(epoch);
    opening.close(device, epoch);
  }

  @Override
  public CompletionStage<Optional<ErrorCode>> restore(
      DeviceAddress device, Place place, long epoch) {
    Told now = new Told(device, place, epoch);
    told.add(now);
    return answer.apply(now);
  }
}
