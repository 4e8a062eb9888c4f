package io.bluetick.gateway.session;

import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Nobody can connect: what holds until a deployment says who knows the devices. */
final class NoSessions implements Sessions {

  @Override
  public CompletionStage<Answer> open(Asked asked) {
    return CompletableFuture.completedFuture(new Answer.Refused(ErrorCode.UNAVAILABLE));
  }

  @Override
  public void abandon(DeviceAddress device, Answer.Opened opened) {
    // There is none to take back.
  }

  @Override
  public CompletionStage<Optional<ErrorCode>> restore(
      DeviceAddress device, Place place, long epoch) {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  @Override
  public void close(DeviceAddress device, long epoch) {
    // There is none to close.
  }
}
