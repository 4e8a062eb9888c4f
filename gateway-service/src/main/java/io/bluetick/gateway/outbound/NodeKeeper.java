package io.bluetick.gateway.outbound;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Says that this gateway lives, and deletes the topics of gateways that no longer say so.
 *
 * <p>A lease that is missing may only mean that Redis lost it, or that its gateway does not reach
 * Redis. So a topic goes only after it was seen without a lease for long and nothing was written to
 * it, and each gateway writes to its own now and then. When Redis does not answer nobody is taken
 * for dead.
 */
final class NodeKeeper implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(NodeKeeper.class);
  private static final int ANSWER_LIMIT_S = 5;

  private final String node;
  private final String topicPrefix;
  private final Leases leases;
  private final Admin admin;
  private final OutboundSettings settings;
  private final Clock clock;
  private final Outlets outlets;
  private final String instance = UUID.randomUUID().toString();
  private final Map<String, Instant> deadSince = new HashMap<>();
  private ScheduledExecutorService thread = Executors.newScheduledThreadPool(0);
  private boolean failing;
  private boolean held;
  private volatile boolean running;

  /**
   * Whom it turns to.
   *
   * @param heartbeat writes something to this gateway's own topic
   * @param routes what Redis has lost along with the lease
   */
  record Outlets(Runnable heartbeat, Routes routes) {}

  /**
   * @param outboundPrefix what the names of all gateways' topics begin with on the broker
   */
  NodeKeeper(
      String node,
      String outboundPrefix,
      Leases leases,
      Admin admin,
      OutboundSettings settings,
      Clock clock,
      Outlets outlets) {
    this.node = node;
    this.outlets = outlets;
    this.topicPrefix = outboundPrefix;
    this.leases = leases;
    this.admin = admin;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void start() {
    running = true;
    thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("node-keeper").daemon().factory());
    long renewalMs = settings.renewal().toMillis();
    long cleaningMs = settings.cleaning().toMillis();
    var _ = thread.scheduleWithFixedDelay(this::renew, 0, renewalMs, TimeUnit.MILLISECONDS);
    var _ =
        thread.scheduleWithFixedDelay(this::clean, cleaningMs, cleaningMs, TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    running = false;
    thread.shutdownNow();
    try {
      leases.end(node, instance).toCompletableFuture().get(1, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException _) {
      LOG.info("event=lease_left_to_lapse node={}", node);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int getPhase() {
    return OutboundConfiguration.PHASE;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** At a start the lease of an earlier life is taken over; later nobody else may have it. */
  void renew() {
    try {
      Leases.Holder before =
          leases
              .renew(node, instance, settings.lease())
              .toCompletableFuture()
              .get(ANSWER_LIMIT_S, TimeUnit.SECONDS);
      if (held) {
        wasHeldBy(before);
      }
      held = true;
      told(null);
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      told(e); // One that went out of here would end the renewals for good.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void wasHeldBy(Leases.Holder before) {
    switch (before) {
      case SAME -> {}
      case NOBODY -> {
        LOG.warn("event=lease_was_gone node={}", node);
        outlets.routes().tellAgain();
      }
      case ANOTHER ->
          LOG.error("event=two_gateways_with_one_id node={} hint=set_BLUETICK_NODE", node);
    }
  }

  void clean() {
    try {
      Set<String> nodes = new HashSet<>();
      for (String topic : admin.listTopics().names().get(ANSWER_LIMIT_S, TimeUnit.SECONDS)) {
        if (topic.startsWith(topicPrefix)) {
          nodes.add(topic.substring(topicPrefix.length()));
        }
      }
      outlets.heartbeat().run();
      nodes.remove(node);
      Set<String> alive =
          leases.alive(nodes).toCompletableFuture().get(ANSWER_LIMIT_S, TimeUnit.SECONDS);
      nodes.removeAll(alive);
      nodes.removeAll(heardOfLately(nodes));
      for (String dead : longDead(nodes)) {
        admin.deleteTopics(List.of(topicPrefix + dead)).all().get(ANSWER_LIMIT_S, TimeUnit.SECONDS);
        deadSince.remove(dead);
        LOG.info("event=topic_of_dead_gateway_deleted node={}", dead);
      }
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      deadSince
          .clear(); // A Redis that comes back may have forgotten everyone: the grace begins anew.
      LOG.warn("event=topics_not_cleaned cause={}", e.toString());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Who cannot reach Redis may live all the same; its own records show it. */
  private Set<String> heardOfLately(Set<String> nodes)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    nodes.forEach(
        other -> latest.put(new TopicPartition(topicPrefix + other, 0), OffsetSpec.maxTimestamp()));
    long before = clock.millis() - settings.grace().toMillis();
    Set<String> heard = new HashSet<>();
    admin
        .listOffsets(latest)
        .all()
        .get(ANSWER_LIMIT_S, TimeUnit.SECONDS)
        .forEach((partition, found) -> {
          if (found.timestamp() > before) {
            heard.add(partition.topic().substring(topicPrefix.length()));
          }
        });
    return heard;
  }

  private List<String> longDead(Set<String> dead) {
    Instant now = clock.instant();
    deadSince.keySet().retainAll(dead);
    dead.forEach(gone -> deadSince.putIfAbsent(gone, now));
    Instant before = now.minus(settings.grace());
    return dead.stream()
        .filter(gone -> !deadSince.getOrDefault(gone, now).isAfter(before))
        .toList();
  }

  private void told(@Nullable Exception failure) {
    if (failure != null && !failing) {
      LOG.warn("event=lease_not_renewed node={} cause={}", node, failure.toString());
    } else if (failure == null && failing) {
      LOG.info("event=lease_renewed_again node={}", node);
    }
    failing = failure != null;
  }
}
