package io.bluetick.bench.messages;

import static java.util.Objects.requireNonNull;

import io.bluetick.bench.device.Device;
import io.bluetick.bench.device.SocketClient;
import io.bluetick.bench.load.Failures;
import io.bluetick.bench.load.Fleet;
import io.bluetick.bench.messages.Tally.Counts;
import io.bluetick.bench.messages.Tally.Lasts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Devices in pairs, each of which writes to the other, all on the one event loop of a client. What
 * is called here comes from another thread and waits for the loop.
 */
final class Conversations {
  private static final long LOOP_LIMIT_S = 30;
  private static final long POLL_MS = 5;
  private static final Duration TELL = Duration.ofSeconds(5);

  private final SocketClient client;
  private final Failures failures;
  private final Consumer<String> progress;
  private final Tally tally = new Tally();
  private final List<Correspondent> all = new ArrayList<>();

  /**
   * @param ledgerCapacity messages of one device that may be on their way, a power of two
   */
  Conversations(
      SocketClient client,
      List<Party> parties,
      int ledgerCapacity,
      Failures failures,
      Consumer<String> progress) {
    this.client = client;
    this.progress = progress;
    this.failures = failures;
    for (Party party : parties) {
      all.add(new Correspondent(party, ledgerCapacity, tally, failures));
    }
    for (int i = 0; i + 1 < all.size(); i += 2) {
      Correspondent.introduce(all.get(i), all.get(i + 1));
    }
  }

  List<Correspondent> all() {
    return all;
  }

  /** The first of each pair. */
  List<Correspondent> firsts() {
    return everySecondFrom(0);
  }

  /** The second of each pair. */
  List<Correspondent> seconds() {
    return everySecondFrom(1);
  }

  private List<Correspondent> everySecondFrom(int start) {
    List<Correspondent> some = new ArrayList<>();
    for (int i = start; i < all.size(); i += 2) {
      some.add(all.get(i));
    }
    return some;
  }

  /** Connects these, with what each has. */
  void connect(List<Correspondent> some, Fleet fleet, Duration limit)
      throws IOException, InterruptedException {
    List<Device> devices = onLoop(() -> some.stream().map(Correspondent::device).toList());
    IdentityHashMap<Device, Correspondent> owners = new IdentityHashMap<>();
    for (int i = 0; i < devices.size(); i++) {
      owners.put(devices.get(i), some.get(i));
    }
    fleet.open(
        devices, device -> requireNonNull(owners.get(device)).restingAt(fleet.resting()), limit);
  }

  void start(List<Correspondent> some, Flow flow) throws IOException, InterruptedException {
    onLoop(() -> {
      some.forEach(each -> each.start(flow, System.nanoTime()));
      return true;
    });
  }

  void stop() throws IOException, InterruptedException {
    onLoop(() -> {
      all.forEach(Correspondent::stop);
      return true;
    });
  }

  /** From now on times go into these. */
  Timings time() throws IOException, InterruptedException {
    return onLoop(() -> {
      Timings timings = new Timings();
      tally.time(timings);
      return timings;
    });
  }

  /** Begins to send at a fixed rate from the loop. */
  OpenLoop startAt(double perSecond, long count) throws IOException, InterruptedException {
    OpenLoop open = new OpenLoop(client, all, perSecond, count);
    onLoop(open::start);
    return open;
  }

  /** Returns when all are sent or something failed. */
  void awaitSent(OpenLoop open) throws InterruptedException {
    while (!open.isOver() && failures.total() == 0) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    open.stop();
  }

  /** Before devices leave: what they have, receipts too. */
  void acknowledge() throws IOException, InterruptedException {
    onLoop(() -> {
      all.forEach(Correspondent::acknowledgeTheRest);
      return true;
    });
  }

  Counts counts() throws IOException, InterruptedException {
    return onLoop(tally::counts);
  }

  Lasts lasts() throws IOException, InterruptedException {
    return onLoop(tally::lasts);
  }

  /**
   * Returns when that is so, or something failed, or nothing has happened for so long. Tells how
   * far it is.
   */
  void await(Condition condition, Duration stall) throws IOException, InterruptedException {
    Counts counts = counts();
    long steps = counts.steps();
    long lastStep = System.nanoTime();
    long lastTold = lastStep;
    while (!condition.holds(counts) && failures.total() == 0) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
      counts = counts();
      long now = System.nanoTime();
      if (counts.steps() != steps) {
        steps = counts.steps();
        lastStep = now;
      } else if (now - lastStep > stall.toNanos()) {
        return;
      }
      if (now - lastTold > TELL.toNanos()) {
        lastTold = now;
        progress.accept("  " + counts.describe());
      }
    }
  }

  /** What is awaited. */
  interface Condition {
    boolean holds(Counts counts);
  }

  /** Fails for whatever has not come all the way; none of it is on its way any more. */
  void check(String phase) throws IOException, InterruptedException {
    fail(phase, "were sent and have no tick", sum(Ledger::unticked));
    fail(phase, "were accepted and never came", sum(Ledger::undelivered));
    fail(phase, "came and have no receipt", sum(Ledger::unreceipted));
  }

  private void fail(String phase, String what, long count) {
    if (count > 0) {
      failures.add("%s: %,d messages %s".formatted(phase, count, what));
    }
  }

  private long sum(ToLongFunction<Ledger> figure) throws IOException, InterruptedException {
    return onLoop(() -> all.stream().map(Correspondent::ledger).mapToLong(figure).sum());
  }

  private <T> T onLoop(Supplier<T> work) throws IOException, InterruptedException {
    CompletableFuture<T> done = new CompletableFuture<>();
    client.later(
        Duration.ZERO,
        () -> {
          try {
            done.complete(work.get());
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    try {
      return done.orTimeout(LOOP_LIMIT_S, TimeUnit.SECONDS).get();
    } catch (ExecutionException e) {
      throw new IOException("the client's event loop does not answer: " + e.getCause(), e);
    }
  }
}
