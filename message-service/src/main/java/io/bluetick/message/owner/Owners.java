package io.bluetick.message.owner;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;

/** The threads of this process that own partitions. */
final class Owners extends AbstractHealthIndicator implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Owners.class);
  private static final long LOOK_NANOS = 50_000_000;

  private final IntFunction<Owner> maker;
  private final OwnerSettings settings;
  private final BooleanSupplier areTopicsThere;
  private List<Owner> owners = List.of();
  private List<Thread> threads = List.of();

  /**
   * None runs yet.
   *
   * @param areTopicsThere who subscribes before looks for them again only after minutes
   */
  Owners(IntFunction<Owner> maker, OwnerSettings settings, BooleanSupplier areTopicsThere) {
    this.maker = maker;
    this.settings = settings;
    this.areTopicsThere = areTopicsThere;
  }

  @Override
  public void start() {
    owners = IntStream.range(0, settings.threads()).mapToObj(maker).toList();
    threads =
        owners.stream()
            .map(owner -> Thread.ofPlatform().name("mailboxes").start(() -> run(owner)))
            .toList();
  }

  private void run(Owner owner) {
    while (!areTopicsThere.getAsBoolean() && owner.state() == Owner.State.STARTING) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    try {
      owner.run();
    } catch (FencedInstanceIdException e) {
      LOG.error("event=node_twice node={}", settings.node(), e);
    }
  }

  List<Owner> all() {
    return owners;
  }

  /** Before the ways to Kafka, Redis and Cassandra are closed. */
  @Override
  public void stop() {
    owners.forEach(Owner::stop);
    Duration limit = settings.farewell().multipliedBy(3);
    try {
      for (Thread thread : threads) {
        thread.join(limit);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return threads.stream().anyMatch(Thread::isAlive);
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    List<Owner.State> states = owners.stream().map(Owner::state).toList();
    boolean isUp =
        threads.stream().allMatch(Thread::isAlive)
            && !states.isEmpty()
            && states.stream().allMatch(Owner.State.RUNNING::equals);
    builder.status(isUp ? Status.UP : Status.DOWN).withDetail("threads", states);
  }
}
