package io.bluetick.bench.messages;

import io.bluetick.bench.load.Failures;
import io.bluetick.bench.load.Fleet;
import io.bluetick.bench.messages.Tally.Counts;
import io.bluetick.bench.messages.Watch.Mark;
import io.bluetick.bench.report.Report.Goal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Half of the devices are away: what the others write to them waits for them, and then they all
 * come at once and take it.
 */
final class OfflinePhase {
  /** Until message-service knows that they are away. */
  private static final Duration LEAVING = Duration.ofSeconds(3);

  private static final Duration STORE_LIMIT = Duration.ofMinutes(5);
  private static final Duration CONNECT_LIMIT = Duration.ofMinutes(2);
  private static final long POLL_MS = 20;

  private static final Goal STORE_GOAL = Goal.atLeast(8_000);
  private static final Goal DRAIN_GOAL = Goal.atLeast(20_000);

  private final Conversations conversations;
  private final Watch watch;
  private final Backlog backlog;
  private final Failures failures;
  private final Figures figures;

  OfflinePhase(
      Conversations conversations,
      Watch watch,
      Backlog backlog,
      Failures failures,
      Figures figures) {
    this.conversations = conversations;
    this.watch = watch;
    this.backlog = backlog;
    this.failures = failures;
    this.figures = figures;
  }

  /** What each sender sends. */
  static long quota(MessagesPlan plan, int senders) {
    return Math.max(1, plan.offline() / senders);
  }

  /**
   * Stores and drains.
   *
   * @param returning with which those come back that have left just now
   */
  void run(MessagesPlan plan, Fleet returning, Consumer<String> progress)
      throws IOException, InterruptedException {
    TimeUnit.NANOSECONDS.sleep(LEAVING.toNanos());
    List<Correspondent> senders = conversations.firsts();
    long messages = quota(plan, senders.size()) * senders.size();
    progress.accept("storing %,d messages for devices that are away ...".formatted(messages));
    store(
        new Flow(plan.offlineInFlight(), Flow.Until.TICK, messages / senders.size()),
        messages,
        plan.settling());
    if (failures.total() == 0) {
      progress.accept("draining them ...");
      drain(returning, messages, plan.settling());
    }
    conversations.await(Counts::isSettled, plan.settling());
    conversations.check("offline");
  }

  private void store(Flow flow, long messages, Duration settling)
      throws IOException, InterruptedException {
    Mark start = watch.mark();
    conversations.start(conversations.firsts(), flow);
    long goal = start.counts().ticked() + messages;
    conversations.await(counts -> counts.ticked() >= goal, settling);
    if (conversations.counts().ticked() < goal) {
      failures.add("offline: not all messages were accepted");
      return;
    }
    long tickedNanos = conversations.lasts().tickNanos();
    awaitBacklog();
    double seconds = (System.nanoTime() - start.nanos()) / 1e9;
    figures.add("offline_messages", "for devices that are away", (double) messages);
    figures.add(
        "offline_accepted_per_second",
        "of these, until the last tick",
        messages * 1e9 / (tickedNanos - start.nanos()));
    figures.add(
        "offline_stored_per_second",
        "until message-service has settled all of them",
        messages / seconds,
        STORE_GOAL);
    figures.cpu("offline_store_cpu_us_per_message", watch.since(start).cpu(), messages);
  }

  private void awaitBacklog() throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (backlog.records() > 0 && failures.total() == 0) {
      if (System.nanoTime() - start > STORE_LIMIT.toNanos()) {
        failures.add("message-service has not settled what was stored");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  private void drain(Fleet returning, long messages, Duration settling)
      throws IOException, InterruptedException {
    List<Correspondent> receivers = conversations.seconds();
    Mark start = watch.mark();
    conversations.connect(receivers, returning, CONNECT_LIMIT);
    long delivered = start.counts().delivered() + messages;
    long caughtUp = start.counts().caughtUp() + receivers.size();
    conversations.await(
        counts -> counts.delivered() >= delivered && counts.caughtUp() >= caughtUp, settling);
    if (conversations.counts().caughtUp() < caughtUp) {
      failures.add("offline: not all devices were told that nothing waits any more");
    }
    if (conversations.counts().delivered() < delivered) {
      return; // What is missing is told in the end.
    }
    Tally.Lasts lasts = conversations.lasts();
    long last = Math.max(lasts.deliveryNanos(), lasts.caughtUpNanos());
    conversations.await(Counts::isSettled, settling);
    figures.add(
        "offline_drained_per_second",
        "from the first connect until all have caught up",
        messages * 1e9 / (last - start.nanos()),
        DRAIN_GOAL);
    figures.cpu("offline_drain_cpu_us_per_message", watch.since(start).cpu(), messages);
  }
}
