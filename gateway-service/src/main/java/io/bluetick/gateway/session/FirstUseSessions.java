package io.bluetick.gateway.session;

import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import java.time.Clock;
import java.time.Duration;
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

  /** For which an attempt can be held up while a later one passes it. */
  private static final Duration OVERTAKING = Duration.ofSeconds(30);

  private final Map<DeviceAddress, Known> devices = new ConcurrentHashMap<>();
  private final Clock clock;
  private final int maxDevices;

  /** A device: its key, its last epoch, and its connection if there is one. */
  private record Known(StaticKey key, long epoch, @Nullable Connected at) {

    boolean passed(long attempt, long nowMs) {
      return at != null
          && attempt != 0
          && Long.compareUnsigned(attempt, at.attempt()) < 0
          && nowMs - at.sinceMs() < OVERTAKING.toMillis();
    }
  }

  private record Connected(Place place, long attempt, long sinceMs) {}

  FirstUseSessions(Clock clock, int maxDevices) {
    this.clock = clock;
    this.maxDevices = maxDevices;
  }

  @Override
  public CompletionStage<Answer> open(Asked asked) {
    if (devices.size() >= maxDevices && !devices.containsKey(asked.device())) {
      return answered(new Answer.Refused(ErrorCode.UNAVAILABLE));
    }
    long nowMs = clock.millis();
    var answer =
        new Object() {
          Answer is = new Answer.Refused(ErrorCode.UNAUTHENTICATED);
        };
    devices.compute(
        asked.device(),
        (_, known) -> {
          if (known != null && !known.key().equals(asked.staticKey())) {
            return known;
          }
          if (known != null && known.passed(asked.attempt(), nowMs)) {
            answer.is = new Answer.Refused(ErrorCode.REPLACED);
            return known;
          }
          long epoch = known == null ? nowMs : Math.max(known.epoch() + 1, nowMs);
          answer.is = new Answer.Opened(epoch, REGISTRATION, placeOf(known));
          return new Known(
              asked.staticKey(), epoch, new Connected(asked.place(), asked.attempt(), nowMs));
        });
    return answered(answer.is);
  }

  private static Optional<Place> placeOf(@Nullable Known known) {
    return Optional.ofNullable(known).map(Known::at).map(Connected::place);
  }

  @Override
  public void close(DeviceAddress device, long epoch) {
    devices.computeIfPresent(
        device, (_, known) -> known.epoch() == epoch ? new Known(known.key(), epoch, null) : known);
  }

  @Override
  public void abandon(DeviceAddress device, Answer.Opened opened) {
    Connected before =
        opened.displaced().map(place -> new Connected(place, 0, clock.millis())).orElse(null);
    devices.computeIfPresent(
        device,
        (_, known) ->
            known.epoch() == opened.epoch()
                ? new Known(known.key(), known.epoch(), before)
                : known);
  }

  /** Nothing is lost here while the connection lives. */
  @Override
  public CompletionStage<Optional<ErrorCode>> restore(
      DeviceAddress device, Place place, long epoch) {
    return CompletableFuture.completedFuture(Optional.empty());
  }

  private static CompletionStage<Answer> answered(Answer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
