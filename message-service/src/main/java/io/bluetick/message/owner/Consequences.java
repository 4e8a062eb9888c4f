package io.bluetick.message.owner;

import io.bluetick.message.mailbox.Effect;
import io.bluetick.message.mailbox.Outcome;
import io.bluetick.platform.kafka.Durable;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.Target;
import io.bluetick.protocol.v1.WakeUp;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Carries out what the mailboxes of one partition want done. On the thread of its owner. */
final class Consequences {
  private final int partition;
  private final Outlets outlets;
  private final Returns returns;
  private final OwnerMetrics metrics;
  private final Questions questions;
  private final Duration retry;
  private final Unflushed unflushed = new Unflushed();
  private final Map<String, Handoff> handoffs = new HashMap<>();
  private Set<AccountId> looks = new HashSet<>();
  private boolean isOver;

  /** The same content for some connections at one gateway, one after the other. */
  private record Handoff(Delivery content, Delivery.Builder delivery) {}

  Consequences(
      int partition,
      Outlets outlets,
      Returns returns,
      OwnerMetrics metrics,
      Clock clock,
      Duration retry) {
    this.partition = partition;
    this.outlets = outlets;
    this.returns = returns;
    this.metrics = metrics;
    this.questions = new Questions(outlets.inbox(), returns, metrics, clock, retry);
    this.retry = retry;
  }

  /** Completes when all that was carried out so far is in Kafka, as far as it must. */
  CompletionStage<Void> flushed() {
    return unflushed.flushed();
  }

  /** The partition is somebody else's: what failed is not tried again. */
  void end() {
    isOver = true;
    questions.end();
  }

  /** Whom to look up since the last call. */
  Set<AccountId> takeLooks() {
    Set<AccountId> taken = looks;
    looks = new HashSet<>();
    return taken;
  }

  /**
   * Begins all of it.
   *
   * @param outcomes is told how it ended
   */
  void carryOut(List<Effect> effects, Consumer<Outcome> outcomes) {
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Send send -> hand(send);
        case Effect.Tell tell ->
            outlets
                .log()
                .add(AccountId.of(tell.command().getActor()), tell.command(), unflushed.one());
        case Effect.Spread spread ->
            outlets.log().add(spread.partition(), spread.command(), unflushed.one());
        case Effect.Wake wake -> wake(wake);
        case Effect.Look look -> looks.add(look.account());
        case Effect.Read read -> questions.read(read, outcomes);
        case Effect.Measure measure -> questions.measure(measure, outcomes);
        case Effect.Quarantine failed -> quarantine(failed, unflushed.one());
      }
    }
    handoffs.forEach(this::hand);
    handoffs.clear();
  }

  @SuppressWarnings("ReferenceEquality") // Only one that was made for many is the same.
  private void hand(Effect.Send send) {
    String node = send.route().getNode();
    Handoff open = handoffs.get(node);
    if (open == null || open.content() != send.content()) {
      if (open != null) {
        hand(node, open);
      }
      open = new Handoff(send.content(), send.content().toBuilder());
      handoffs.put(node, open);
    }
    open.delivery()
        .addTargets(
            Target.newBuilder()
                .setConnection(send.route().getConnection())
                .setEpoch(send.route().getEpoch())
                .setSequence(send.sequence())
                .setPrevious(send.previous()));
  }

  private void hand(String node, Handoff handoff) {
    outlets.handoffs().add(node, handoff.delivery().build(), unflushed.one());
  }

  private void wake(Effect.Wake wake) {
    WakeUp wakeUp =
        WakeUp.newBuilder()
            .setAccount(wake.device().account().bytes())
            .setDevice(wake.device().device())
            .setPriority(wake.priority())
            .setTimeMs(wake.timeMs())
            .build();
    outlets.push().add(wake.device().account(), wakeUp, unflushed.one());
  }

  private void quarantine(Effect.Quarantine failed, Durable durable) {
    outlets
        .quarantine()
        .put(partition, failed)
        .whenComplete((_, failure) -> {
          if (failure == null) {
            durable.onDurable();
          } else {
            metrics.failed("quarantine");
            returns.after(retry, () -> quarantineUnlessOver(failed, durable));
          }
        });
  }

  private void quarantineUnlessOver(Effect.Quarantine failed, Durable durable) {
    if (!isOver) {
      quarantine(failed, durable);
    }
  }
}
