package io.bluetick.gateway.session;

import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sessions for tests of what asks for them. */
public final class SessionsForTests {

  private SessionsForTests() {}

  public static Sessions firstUse() {
    return new FirstUseSessions(Clock.systemUTC(), 10_000);
  }

  /** Every device was connected there until now. */
  public static Sessions displacing(Sessions.Place place) {
    return answering(
        CompletableFuture.completedFuture(new Sessions.Answer.Opened(2, 1, Optional.of(place))));
  }

  public static Sessions failing() {
    return answering(CompletableFuture.failedFuture(new IllegalStateException("away")));
  }

  public static Sessions answering(CompletionStage<Sessions.Answer> answer) {
    return new Sessions() {
      @Override
      public CompletionStage<Answer> open(Asked asked) {
        return answer;
      }

      @Override
      public void abandon(DeviceAddress device, Answer.Opened opened) {}

      @Override
      public CompletionStage<Optional<ErrorCode>> restore(
          DeviceAddress device, Place place, long epoch) {
        return CompletableFuture.completedFuture(Optional.empty());
      }

      @Override
      public void close(DeviceAddress device, long epoch) {}
    };
  }
}
