package io.bluetick.gateway.session;

import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in this process alone, for one gateway on a developer's machine: the first key that a
 * device shows is its key from then on, and whoever shows another is refused.
 *
 * <p>Devices are remembered up to a bound; past it new ones are turned away. Epochs begin at the
 * clock, so that they grow across restarts too.
 */
final class FirstUseSessions implements Sessions {
  /** Nobody registers here, so nobody does so again. */
  private static final int REGISTRATION = 1;

  private final Map<DeviceAddress, Known> devices = new ConcurrentHashMap<>();
  private final Clock clock;
  private final int maxDevices;

  /** A device: its key, its last epoch, and its connection if there is one. */
  private record Known(StaticKey key, long epoch, @Nullable Place place) {}

  FirstUseSessions(Clock clock, int maxDevices) {
    this.clock = clock;
    this.maxDevices = maxDevices;
  }

  @Override
  public CompletionStage<Answer> open(Asked asked) {
    if (devices.size() >= maxDevices && !devices.containsKey(asked.device())) {
      return answered(new Answer.Refused(ErrorCode.UNAVAILABLE));
    }
    var before =
        new Object() {
          @Nullable Place place;
        };
    Known now =
        devices.compute(
            asked.device(),
            (_, known) -> {
              if (known == null) {
                return new Known(asked.staticKey(), clock.millis(), asked.place());
              }
              if (!known.key().equals(asked.staticKey())) {
                return known;
              }
              before.place = known.place();
              long epoch = Math.max(known.epoch() + 1, clock.millis());
              return new Known(known.key(), epoch, asked.place());
            });
    return answered(
        now.key().equals(asked.staticKey())
            ? new Answer.Opened(now.epoch(), REGISTRATION, Optional.ofNullable(before.place))
            : new Answer.Refused(ErrorCode.UNAUTHENTICATED));
  }

  @Override
  public void close(DeviceAddress device, long epoch) {
    devices.computeIfPresent(
        device, (_, known) -> known.epoch() == epoch ? new Known(known.key(), epoch, null) : known);
  }

  @Override
  public void abandon(DeviceAddress device, Answer.Opened opened) {
    devices.computeIfPresent(
        device,
        (_, known) ->
            known.epoch() == opened.epoch()
                ? new Known(known.key(), known.epoch(), opened.displaced().orElse(null))
                : known);
  }

  private static CompletionStage<Answer> answered(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
