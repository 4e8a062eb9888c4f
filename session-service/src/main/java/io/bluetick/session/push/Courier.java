package io.bluetick.session.push;

import io.bluetick.platform.provision.Backoff;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.session.push.PushMetrics.Needless;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Sends what is claimed, unless it has become needless, and tells the schedule what became of it.
 * It never waits for a provider: what has no room there goes back to the schedule.
 */
final class Courier {
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  private final Connections connections;
  private final Tokens tokens;
  private final Senders senders;
  private final Context context;
  private final Backoff retries;
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();

  /**
   * What all of it needs.
   *
   * @param executor where pushes begin and end; starts a thread for each
   */
  record Context(
      PushSettings pushes,
      SendingSettings sending,
      Clock clock,
      PushMetrics metrics,
      Executor executor) {}

  Courier(Connections connections, Tokens tokens, Senders senders, Context context) {
    this.connections = connections;
    this.tokens = tokens;
    this.senders = senders;
    this.context = context;
    SendingSettings sending = context.sending();
    this.retries = new Backoff(sending.firstRetry(), sending.longestRetry());
  }

  /** Returns when all of it is under way or back in the schedule. */
  void deliver(Schedule schedule, List<Claim> claims) {
    List<Claim> fresh = claims.stream().filter(claim -> !isStale(schedule, claim)).toList();
    if (fresh.isEmpty()) {
      return;
    }
    Map<DeviceAddress, Connections.State> states = states(devices(fresh));
    List<Claim> wanted = new ArrayList<>();
    for (Claim claim : fresh) {
      if (isHere(states.get(claim.wake().device()), claim.wake())) {
        drop(schedule, claim, Needless.CONNECTED);
      } else {
        wanted.add(claim);
      }
    }
    if (wanted.isEmpty()) {
      return;
    }
    Map<DeviceAddress, Tokens.Stored> stored;
    try {
      stored = tokens.of(devices(wanted));
    } catch (DataAccessException e) {
      LOG.warn("event=push_tokens_unreadable cause={}", e.toString());
      wanted.forEach(claim -> postpone(schedule, claim, claim.attempts(), Duration.ZERO));
      return;
    }
    wanted.forEach(claim -> send(new Push(schedule, claim, stored.get(claim.wake().device()))));
  }

  private boolean isStale(Schedule schedule, Claim claim) {
    Instant oldest = context.clock().instant().minus(context.pushes().maxAge());
    boolean isStale = claim.wake().timeMs() < oldest.toEpochMilli();
    if (isStale) {
      drop(schedule, claim, Needless.STALE);
    }
    return isStale;
  }

  /** Not knowing is no reason to leave a device asleep. */
  private Map<DeviceAddress, Connections.State> states(Set<DeviceAddress> devices) {
    try {
      return connections.of(devices);
    } catch (RuntimeException e) {
      LOG.warn("event=push_connections_unknown cause={}", e.toString());
      return Map.of();
    }
  }

  private static boolean isHere(Connections.@Nullable State state, Wake wake) {
    return switch (state) {
      case null -> false;
      case Connections.State.Connected _ -> true;
      case Connections.State.Away(Instant connectedAt) ->
          connectedAt.toEpochMilli() >= wake.timeMs();
    };
  }

  private static Set<DeviceAddress> devices(List<Claim> claims) {
    return claims.stream().map(claim -> claim.wake().device()).collect(Collectors.toSet());
  }

  private void send(Push push) {
    PushSender sender = senders.of(push.token()).orElse(null);
    if (sender == null) {
      drop(
          push.schedule(),
          push.claim(),
          push.stored() == null ? Needless.NO_TOKEN : Needless.NO_SENDER);
      return;
    }
    Gate gate =
        gates.computeIfAbsent(
            sender.kind().label() + "/" + sender.provider(push.token()),
            _ -> new Gate(context.sending(), context.clock()));
    switch (gate.enter()) {
      case Gate.Entry.Open _ -> context.executor().execute(() -> send(push, sender, gate));
      case Gate.Entry.Shut(Instant until) -> {
        Claim claim = push.claim();
        tell(claim, () -> push.schedule().later(claim, until, claim.attempts()));
      }
    }
  }

  private void send(Push push, PushSender sender, Gate gate) {
    CompletionStage<Outcome> stage;
    try {
      stage = sender.send(push.token(), push.claim().wake());
    } catch (RuntimeException e) {
      ended(push, sender, gate, unreachable(push, sender, e));
      return;
    }
    var _ =
        stage
            .toCompletableFuture()
            .copy()
            .orTimeout(context.sending().timeout().toMillis(), TimeUnit.MILLISECONDS)
            .handleAsync(
                (outcome, failure) -> {
                  boolean isAnswered = failure == null;
                  ended(
                      push,
                      sender,
                      gate,
                      isAnswered ? outcome : unreachable(push, sender, failure));
                  return isAnswered;
                },
                context.executor());
  }

  private static Outcome unreachable(Push push, PushSender sender, Throwable failure) {
    Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
    // Without its message, in which clients like to quote what they sent.
    LOG.warn(
        "event=push_unreachable device={} kind={} cause={}",
        push.claim().wake().device(),
        sender.kind().label(),
        cause == null ? "unknown" : cause.getClass().getName());
    return new Outcome.Retry(Duration.ZERO, Outcome.Cause.UNAVAILABLE);
  }

  private void ended(Push push, PushSender sender, Gate gate, Outcome outcome) {
    context.metrics().pushed(sender.kind(), outcome);
    if (outcome instanceof Outcome.Retry(_, Outcome.Cause cause)
        && cause == Outcome.Cause.UNAVAILABLE) {
      gate.failed();
    } else {
      gate.succeeded();
    }
    Schedule schedule = push.schedule();
    Claim claim = push.claim();
    DeviceAddress device = claim.wake().device();
    switch (outcome) {
      case Outcome.Sent _ -> tell(claim, () -> schedule.sent(claim));
      case Outcome.TokenGone _ -> {
        tell(claim, () -> forget(push));
        tell(claim, () -> schedule.settled(claim));
      }
      case Outcome.Failed(String reason) -> {
        LOG.warn(
            "event=push_failed device={} kind={} reason={}", device, sender.kind().label(), reason);
        tell(claim, () -> schedule.sent(claim));
      }
      case Outcome.Retry(Duration after, _) -> retry(schedule, claim, after);
    }
  }

  private void forget(Push push) {
    if (push.stored() != null) {
      tokens.remove(push.claim().wake().device(), push.stored());
    }
  }

  private void retry(Schedule schedule, Claim claim, Duration after) {
    int attempts = claim.attempts() + 1;
    if (attempts >= context.sending().attempts()) {
      context.metrics().needless(Needless.GIVEN_UP);
      LOG.warn("event=push_given_up device={} attempts={}", claim.wake().device(), attempts);
      tell(claim, () -> schedule.sent(claim));
    } else {
      postpone(schedule, claim, attempts, after);
    }
  }

  private void postpone(Schedule schedule, Claim claim, int attempts, Duration atLeast) {
    Duration backoff = retries.after(Math.max(1, attempts));
    Duration wait = atLeast.compareTo(backoff) > 0 ? atLeast : backoff;
    tell(claim, () -> schedule.later(claim, context.clock().instant().plus(wait), attempts));
  }

  private void drop(Schedule schedule, Claim claim, Needless reason) {
    context.metrics().needless(reason);
    tell(claim, () -> schedule.settled(claim));
  }

  /** What cannot be told is found again when the claim's lease ends. */
  private void tell(Claim claim, Runnable telling) {
    try {
      telling.run();
    } catch (RuntimeException e) {
      context.metrics().unaccounted();
      LOG.warn("event=push_unaccounted device={} cause={}", claim.wake().device(), e.toString());
    }
  }

  /** A claim on its way. */
  private record Push(Schedule schedule, Claim claim, Tokens.@Nullable Stored stored) {

    PushToken token() {
      return stored == null ? new PushToken.None() : stored.token();
    }
  }
}
