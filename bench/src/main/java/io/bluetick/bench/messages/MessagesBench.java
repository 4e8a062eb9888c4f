package io.bluetick.bench.messages;

import io.bluetick.bench.device.PublishedKey;
import io.bluetick.bench.device.SocketClient;
import io.bluetick.bench.device.Target;
import io.bluetick.bench.load.Failures;
import io.bluetick.bench.load.Fleet;
import io.bluetick.bench.messages.MessagesPlan.Phase;
import io.bluetick.bench.messages.Tally.Counts;
import io.bluetick.bench.messages.Watch.Mark;
import io.bluetick.bench.messages.Watch.Span;
import io.bluetick.bench.report.Report;
import io.bluetick.bench.report.Report.Goal;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Measures what a message from one device to another costs the whole stack, and how long it takes.
 *
 * <h2>Full load</h2>
 *
 * Each device has a bounded number of messages without a receipt, and sends the next as one is
 * done: the servers are never without work. What it costs and how many it are is read while that
 * goes on, without its beginning and end.
 *
 * <h2>Half load</h2>
 *
 * Messages have fixed times, and are timed from these: a server that stops for a while makes all
 * messages late that were due meanwhile, not only those that a waiting client happened to send.
 */
final class MessagesBench {
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(30);
  private static final Duration CONNECT_LIMIT = Duration.ofMinutes(2);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int OPEN_AT_ONCE = 100;

  /** On its way of one device, at half load: if it is that many, the server does not keep up. */
  private static final int LEAST_LEDGER = 1_024;

  private static final Goal FULL_GOAL = Goal.atLeast(12_000);
  private static final Goal CPU_GOAL = Goal.atMost(100);
  private static final Map<String, Double> DELIVERY_GOALS = Map.of("p50", 4.0, "p99", 15.0);

  private final Stack stack;
  private final List<Party> parties;
  private final MessagesPlan plan;
  private final Consumer<String> progress;
  private final Failures failures = new Failures();
  private final Report.Builder report = Report.builder();
  private final Figures figures = new Figures(report);

  MessagesBench(Stack stack, List<Party> parties, MessagesPlan plan, Consumer<String> progress) {
    this.stack = stack;
    this.parties = parties;
    this.plan = plan;
    this.progress = progress;
  }

  Report run() throws IOException, InterruptedException {
    Target target = new Target(stack.gateway(), PublishedKey.of(stack.gateway()), OPEN_LIMIT);
    try (SocketClient client = SocketClient.start(1)) {
      Conversations conversations =
          new Conversations(client, parties, ledgerCapacity(), failures, progress);
      Fleet firsts = fleet(client, target);
      Fleet seconds = fleet(client, target);
      connect(conversations, firsts, seconds);
      Watch watch = new Watch(conversations, stack.servers());
      double most = 0;
      if (isFine()) {
        most = loaded(conversations, watch);
      }
      if (isFine() && plan.has(Phase.HALF)) {
        half(conversations, watch, plan.perSecond() > 0 ? plan.perSecond() : most / 2);
      }
      if (isFine() && plan.has(Phase.OFFLINE)) {
        conversations.acknowledge();
        seconds.leave(CLOSE_LIMIT);
        seconds = fleet(client, target);
        new OfflinePhase(conversations, watch, stack.backlog(), failures, figures)
            .run(plan, seconds, progress);
      }
      figures.add(
          "repeated_stanzas",
          "that a device had already, and dropped",
          (double) conversations.counts().repeated());
      conversations.acknowledge();
      firsts.leave(CLOSE_LIMIT);
      seconds.leave(CLOSE_LIMIT);
    }
    return report.section("How it was measured", stack.notes()).build(failures.byReason());
  }

  private boolean isFine() {
    return failures.total() == 0;
  }

  private Fleet fleet(SocketClient client, Target target) {
    return new Fleet(client, target, InetAddress.getLoopbackAddress(), OPEN_AT_ONCE, failures);
  }

  private int ledgerCapacity() {
    long most = Math.max(LEAST_LEDGER, plan.inFlight());
    if (plan.has(Phase.OFFLINE)) {
      most = Math.max(most, OfflinePhase.quota(plan, parties.size() / 2));
    }
    return Math.toIntExact(Long.highestOneBit(most) << 1);
  }

  private void connect(Conversations conversations, Fleet firsts, Fleet seconds)
      throws IOException, InterruptedException {
    progress.accept("connecting %,d devices ...".formatted(parties.size()));
    conversations.connect(conversations.firsts(), firsts, CONNECT_LIMIT);
    conversations.connect(conversations.seconds(), seconds, CONNECT_LIMIT);
    conversations.await(counts -> counts.caughtUp() >= parties.size(), plan.settling());
    long missing = parties.size() - conversations.counts().caughtUp();
    if (missing > 0 && isFine()) {
      failures.add("%,d devices were not told that nothing waits for them".formatted(missing));
    }
    figures.add("sockets", "connected, in pairs", parties.size());
  }

  // ---- Full load ----------------------------------------------------------------------------

  /** Returns the messages per second. */
  private double loaded(Conversations conversations, Watch watch)
      throws IOException, InterruptedException {
    progress.accept("warming up at full load for %d s ...".formatted(plan.warmUp().toSeconds()));
    conversations.start(conversations.all(), Flow.endless(plan.inFlight()));
    go(plan.warmUp(), watch);
    double perSecond = 0;
    if (isFine() && plan.has(Phase.FULL)) {
      progress.accept("measuring at full load for %d s ...".formatted(plan.measured().toSeconds()));
      Timings timings = conversations.time();
      Mark start = watch.mark();
      go(plan.measured(), watch);
      Span span = watch.since(start);
      perSecond = span.perSecond();
      // Nothing goes into these any more.
      conversations.time();
      full(span, timings);
    }
    settle(conversations, "full load");
    return perSecond;
  }

  private void full(Span span, Timings timings) {
    figures.add(
        "messages_per_second",
        "at full load, each delivered, acknowledged and receipted",
        span.perSecond(),
        FULL_GOAL);
    figures.cpu("server_cpu_us_per_message", span.cpu(), span.receipted(), CPU_GOAL);
    figures.apart("other_cpu_us_per_message", span.cpu(), span.receipted());
    figures.times(
        "full_receipt_ms", "at full load, from the send to its receipt", timings.receipted());
  }

  /** Lets the load go on, and tells of it. */
  private void go(Duration duration, Watch watch) throws IOException, InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    while (isFine() && System.nanoTime() - end < 0) {
      Mark start = watch.mark();
      pause(Duration.ofNanos(Math.min(LOOK.toNanos(), end - System.nanoTime())));
      Span span = watch.since(start);
      progress.accept(
          "  %,6.0f messages per second, %4.0f µs of CPU each"
              .formatted(
                  span.perSecond(), (double) span.cpu().all() / Math.max(1, span.receipted())));
    }
  }

  /** What was sent comes to its end. */
  private void settle(Conversations conversations, String phase)
      throws IOException, InterruptedException {
    conversations.stop();
    conversations.await(Counts::isSettled, plan.settling());
    conversations.check(phase);
  }

  // ---- Half load ----------------------------------------------------------------------------

  private void half(Conversations conversations, Watch watch, double perSecond)
      throws IOException, InterruptedException {
    progress.accept(
        "warming up at %,.0f messages per second for %d s ..."
            .formatted(perSecond, plan.warmUp().toSeconds()));
    sendAt(perSecond, plan.warmUp(), conversations, watch);
    progress.accept(
        "measuring at %,.0f messages per second for %d s ..."
            .formatted(perSecond, plan.measured().toSeconds()));
    Timings timings = conversations.time();
    Mark start = watch.mark();
    sendAt(perSecond, plan.measured(), conversations, watch);
    Span span = watch.since(start);
    settle(conversations, "half load");
    conversations.time();
    if (!isFine()) {
      return;
    }
    figures.add("half_messages_per_second", "at half load, by the clock", span.perSecond());
    figures.cpu("half_cpu_us_per_message", span.cpu(), span.receipted());
    figures.apart("half_other_cpu_us_per_message", span.cpu(), span.receipted());
    figures.times(
        "sent_ms", "at half load, from when it was due until it was sent", timings.sent());
    figures.times(
        "accepted_ms", "at half load, from when it was due to its tick", timings.accepted());
    figures.times(
        "deliver_ms",
        "at half load, from when it was due to its recipient",
        timings.delivered(),
        DELIVERY_GOALS);
    figures.times(
        "receipt_ms", "at half load, from when it was due to its receipt", timings.receipted());
    quiet(span, watch);
  }

  /** Sends for so long, and waits until all has come to its end. */
  private void sendAt(double perSecond, Duration duration, Conversations conversations, Watch watch)
      throws IOException, InterruptedException {
    long count = (long) (perSecond * duration.toMillis() / 1_000);
    OpenLoop open = conversations.startAt(perSecond, count);
    go(duration, watch);
    conversations.awaitSent(open);
    conversations.await(Counts::isSettled, plan.settling());
  }

  /** What the servers do without messages, with all sockets open. */
  private void quiet(Span half, Watch watch) throws IOException, InterruptedException {
    Mark start = watch.mark();
    pause(LOOK);
    Span idle = watch.since(start);
    half.cpu()
        .counted()
        .forEach((part, micros) ->
            figures.add(
                "half_cpu_ms_per_second." + part,
                "at half load, by the clock",
                micros / 1_000.0 / half.seconds()));
    idle.cpu()
        .counted()
        .forEach((part, micros) ->
            figures.add(
                "idle_cpu_ms_per_second." + part,
                "with no message at all",
                micros / 1_000.0 / idle.seconds()));
  }

  private void pause(Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    while (isFine() && System.nanoTime() - end < 0) {
      TimeUnit.NANOSECONDS.sleep(
          Math.min(TimeUnit.MILLISECONDS.toNanos(100), Math.max(1, end - System.nanoTime())));
    }
  }
}
