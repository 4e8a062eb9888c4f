package io.bluetick.gateway.session;

import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.AbandonSession;
import io.bluetick.protocol.v1.CloseSession;
import io.bluetick.protocol.v1.OpenSession;
import io.bluetick.protocol.v1.RestoreSession;
import io.bluetick.protocol.v1.SessionAnswer;
import io.bluetick.protocol.v1.SessionOpened;
import io.bluetick.protocol.v1.SessionRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sessions kept by session-service.
 *
 * <p>An opening is asked for once: whoever does not hear in time comes back. A closing that failed
 * is repeated, which changes nothing if it had arrived: it names its epoch. An opening that is
 * taken back is repeated for longest, because until then the device's older connection, which
 * lives, is not its route.
 */
final class HttpSessions implements Sessions {
  private static final int CLOSE_TRIES = 3;
  private static final int ABANDON_TRIES = 9;
  private static final Duration RETRY_DELAY_LIMIT = Duration.ofSeconds(30);

  private final GatheredCalls calls;
  private final int maxInHand;
  private final Duration retryDelay;
  private final AtomicInteger inHand = new AtomicInteger();
  private final Counter forgotten;

  HttpSessions(
      String node, SessionService service, SessionSettings settings, MeterRegistry meters) {
    DistributionSummary sizes = meters.summary("bluetick.sessions.gathered");
    this.calls = new GatheredCalls(node, service, settings.calls(), sizes);
    this.maxInHand = settings.waiting();
    this.retryDelay = settings.retryDelay();
    this.forgotten = meters.counter("bluetick.sessions.forgotten");
    Gauge.builder("bluetick.sessions.in.hand", inHand, AtomicInteger::get).register(meters);
  }

  @Override
  public CompletionStage<Answer> open(Asked asked) {
    OpenSession open =
        OpenSession.newBuilder()
            .setStaticKey(asked.staticKey().toByteString())
            .setAttempt(asked.attempt())
            .build();
    if (!takeInHand(maxInHand)) {
      return CompletableFuture.completedFuture(new Answer.Refused(ErrorCode.UNAVAILABLE));
    }
    SessionRequest request =
        about(asked.device()).setConnection(asked.place().connection()).setOpen(open).build();
    return letGoAfter(calls.ask(request)).thenApply(HttpSessions::opening);
  }

  @Override
  public void close(DeviceAddress device, long epoch) {
    if (takeInHand(maxInHand)) {
      CloseSession close = CloseSession.newBuilder().setEpoch(epoch).build();
      tell(about(device).setClose(close).build(), CLOSE_TRIES, retryDelay);
    } else {
      forgotten.increment(); // Its route ends with this node, or when the device comes back.
    }
  }

  /** There is at most one for each opening, so past the bound there is room for as many again. */
  @Override
  public void abandon(DeviceAddress device, Answer.Opened opened) {
    if (takeInHand(2 * maxInHand)) {
      AbandonSession abandon = AbandonSession.newBuilder().setEpoch(opened.epoch()).build();
      tell(about(device).setAbandon(abandon).build(), ABANDON_TRIES, retryDelay);
    } else {
      forgotten.increment();
    }
  }

  @Override
  public CompletionStage<Optional<ErrorCode>> restore(
      DeviceAddress device, Place place, long epoch) {
    if (!takeInHand(maxInHand)) {
      return CompletableFuture.failedFuture(new IllegalStateException("too many sessions wait"));
    }
    SessionRequest request =
        about(device)
            .setConnection(place.connection())
            .setRestore(RestoreSession.newBuilder().setEpoch(epoch))
            .build();
    return letGoAfter(calls.ask(request)).thenApply(HttpSessions::standing);
  }

  private static SessionRequest.Builder about(DeviceAddress device) {
    return SessionRequest.newBuilder()
        .setAccount(device.account().bytes())
        .setDevice(device.device());
  }

  private boolean takeInHand(int limit) {
    if (inHand.incrementAndGet() > limit) {
      inHand.decrementAndGet();
      return false;
    }
    return true;
  }

  private <T> CompletionStage<T> letGoAfter(CompletionStage<T> answer) {
    return answer.whenComplete((_, _) -> inHand.decrementAndGet());
  }

  private void tell(SessionRequest request, int tries, Duration delay) {
    var _ =
        calls
            .ask(request)
            .whenComplete((answer, _) -> {
              if (answer != null && answer.hasDone()) {
                inHand.decrementAndGet();
              } else if (tries == 1) {
                inHand.decrementAndGet();
                forgotten.increment();
              } else {
                Duration next = delay.multipliedBy(2);
                Duration bounded = next.compareTo(RETRY_DELAY_LIMIT) < 0 ? next : RETRY_DELAY_LIMIT;
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(() -> tell(request, tries - 1, bounded));
              }
            });
  }

  private static Answer opening(SessionAnswer answer) {
    return switch (answer.getAnswerCase()) {
      case OPENED -> {
        SessionOpened opened = answer.getOpened();
        yield new Answer.Opened(opened.getEpoch(), opened.getRegistration(), displaced(opened));
      }
      case REFUSED -> new Answer.Refused(code(answer));
      case DONE, ANSWER_NOT_SET -> throw new IllegalStateException("no answer to an opening");
    };
  }

  private static Optional<Place> displaced(SessionOpened opened) {
    return opened.getDisplacedNode().isEmpty()
        ? Optional.empty()
        : Optional.of(new Place(opened.getDisplacedNode(), opened.getDisplacedConnection()));
  }

  /** Only what cannot change by itself ends a session that is open. */
  private static Optional<ErrorCode> standing(SessionAnswer answer) {
    return switch (answer.getAnswerCase()) {
      case DONE -> Optional.empty();
      case REFUSED -> {
        ErrorCode code = code(answer);
        if (code.retry() == ErrorCode.Retry.LATER) {
          throw new IllegalStateException("not restored: " + code.slug());
        }
        yield Optional.of(code);
      }
      case OPENED, ANSWER_NOT_SET -> throw new IllegalStateException("no answer to a restore");
    };
  }

  /** A code that this gateway does not know may mean anything: the device comes back later. */
  private static ErrorCode code(SessionAnswer answer) {
    return ErrorCode.ofSlug(answer.getRefused()).orElse(ErrorCode.UNAVAILABLE);
  }
}
