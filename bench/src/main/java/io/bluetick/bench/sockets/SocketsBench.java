package io.bluetick.bench.sockets;

import io.bluetick.bench.device.Device;
import io.bluetick.bench.device.PublishedKey;
import io.bluetick.bench.device.SocketClient;
import io.bluetick.bench.device.Target;
import io.bluetick.bench.load.Failures;
import io.bluetick.bench.load.Fleet;
import io.bluetick.bench.load.MessageScript;
import io.bluetick.bench.load.PingScript;
import io.bluetick.bench.measure.DirectMemory;
import io.bluetick.bench.measure.HeapHistogram;
import io.bluetick.bench.measure.HeapHistogram.Growth;
import io.bluetick.bench.measure.Jcmd;
import io.bluetick.bench.report.Report;
import io.bluetick.bench.sockets.Exchanges.Cost;
import io.bluetick.bench.sockets.Exchanges.Shape;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.noise.StaticKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Measures one gateway.
 *
 * <h2>Rehearsal</h2>
 *
 * First all connections are opened and closed again. Then the gateway's code is compiled, its
 * buffers and tables have their size, and it knows every device, so that none of that is taken for
 * the cost of a connection. Each round comes from a loopback address of its own: the ports of the
 * last one are in TIME_WAIT.
 *
 * <h2>Time</h2>
 *
 * Only the processor time that the kernel counts for the gateway's process is used, all its threads
 * together. How long something takes by the clock depends on who else is at work.
 */
final class SocketsBench {
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(30);
  private static final Duration ROUND_LIMIT = Duration.ofMinutes(10);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(60);
  private static final int CIPHERTEXT_BYTES = 180;
  private static final int HISTOGRAM_ROWS = 25;
  private static final long POLL_MS = 50;

  /** The heap is at rest when it stays within this for so many looks on end. */
  private static final long CALM_BYTES = 32 << 10;

  private static final int CALM_LOOKS = 3;
  private static final int MAX_LOOKS = 20;

  private final Gateway gateway;
  private final SocketsPlan plan;
  private final Consumer<String> progress;
  private final Failures failures = new Failures();
  private final SecureRandom random = new SecureRandom();
  private final Report.Builder report = Report.builder();

  /** What the gateway holds at one moment. */
  private record Holding(HeapHistogram heap, long residentBytes, OptionalDouble directBytes) {}

  SocketsBench(Gateway gateway, SocketsPlan plan, Consumer<String> progress) {
    this.gateway = gateway;
    this.plan = plan;
    this.progress = progress;
  }

  Report run() throws IOException, InterruptedException {
    Target target = new Target(gateway.address(), PublishedKey.of(gateway.address()), OPEN_LIMIT);
    // One pair for all: nothing here depends on whose key it is, and making them takes time.
    StaticKeys keys = StaticKeys.generate(random);
    List<Device> devices =
        Stream.generate(() -> new Device(AccountId.random(random), 0, keys))
            .limit(plan.connections())
            .toList();
    try (SocketClient client = SocketClient.start(plan.threads())) {
      for (int round = 1; round <= plan.rehearsals() && failures.total() == 0; round++) {
        rehearse(fleet(client, target, round), devices);
      }
      Fleet fleet = fleet(client, target, 0);
      if (failures.total() == 0) {
        open(fleet, devices);
      }
      Exchanges exchanges = new Exchanges(gateway, fleet, failures);
      if (failures.total() == 0) {
        echo(exchanges);
      }
      if (failures.total() == 0 && plan.messages() > 0) {
        messages(exchanges);
      }
      fleet.leave(CLOSE_LIMIT);
    }
    return report.build(failures.byReason());
  }

  private Fleet fleet(SocketClient client, Target target, int round) throws IOException {
    InetAddress source = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (1 + round)});
    return new Fleet(client, target, source, plan.openAtOnce(), failures);
  }

  private void rehearse(Fleet fleet, List<Device> devices)
      throws IOException, InterruptedException {
    progress.accept("rehearsing with %,d connections ...".formatted(devices.size()));
    int filesBefore = gateway.process().openFiles();
    fleet.open(devices, ROUND_LIMIT);
    var _ = new Exchanges(gateway, fleet, failures).measure(echoShape(), PingScript::new);
    fleet.leave(CLOSE_LIMIT);
    long start = System.nanoTime();
    // A device's end of a connection is closed before the gateway has forgotten it.
    int few = 10 + devices.size() / 10;
    while (gateway.process().openFiles() > filesBefore + few
        && System.nanoTime() - start < CLOSE_LIMIT.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  private void open(Fleet fleet, List<Device> devices) throws IOException, InterruptedException {
    Holding before = holding();
    progress.accept("opening %,d connections ...".formatted(devices.size()));
    long cpuBefore = gateway.process().cpuMicros();
    long start = System.nanoTime();
    fleet.open(devices, ROUND_LIMIT);
    double seconds = (System.nanoTime() - start) / 1e9;
    long cpuMicros = gateway.process().cpuMicros() - cpuBefore;
    int open = fleet.sockets().size();
    Holding after = holding();
    report
        .add("connections", "open at the same time, each with a session", open)
        .each(
            "heap_bytes_per_connection",
            "objects that live after a full collection",
            after.heap().totalBytes() - before.heap().totalBytes(),
            open)
        .each(
            "rss_bytes_per_connection",
            "growth of the process, the heap's slack included",
            after.residentBytes() - before.residentBytes(),
            open)
        .add(
            "direct_bytes_per_connection",
            "growth of the JVM's direct buffers",
            directGrowth(before, after, open))
        .each(
            "cpu_us_per_open",
            "gateway CPU from the TCP connect to Welcome, both inclusive",
            cpuMicros,
            open)
        .add(
            "opens_per_second",
            "by the clock, with everything else on this machine",
            open / seconds)
        .add("sheds", "devices told to come back later, which they did", (double) fleet.sheds())
        .section(
            "What a connection is made of, in bytes of heap",
            rows(after.heap().grownSince(before.heap(), HISTOGRAM_ROWS), open));
  }

  private void echo(Exchanges exchanges) throws IOException, InterruptedException {
    progress.accept("echoing %,d frames ...".formatted(plan.frames()));
    Cost pipelined = exchanges.measure(echoShape(), PingScript::new);
    report
        .each(
            "cpu_us_per_frame",
            "gateway CPU per ping and its pong, %d in a write".formatted(plan.window()),
            pipelined.gatewayMicros(),
            pipelined.answered())
        .add("frames_per_second", "of these, by the clock", rate(pipelined));
    int sockets = Math.min(plan.connections(), SocketsPlan.UNPIPELINED_CONNECTIONS);
    long frames = plan.frames() / SocketsPlan.UNPIPELINED_SHARE;
    Cost unpipelined = exchanges.measure(new Shape(sockets, 1, frames), PingScript::new);
    report.each(
        "cpu_us_per_frame_unpipelined",
        "the same, one in flight on each of %,d connections".formatted(sockets),
        unpipelined.gatewayMicros(),
        unpipelined.answered());
  }

  private void messages(Exchanges exchanges) throws IOException, InterruptedException {
    progress.accept("sending %,d messages ...".formatted(plan.messages()));
    byte[] ciphertext = new byte[CIPHERTEXT_BYTES];
    random.nextBytes(ciphertext);
    Shape shape = new Shape(plan.echoConnections(), plan.window(), plan.messages());
    Cost cost =
        exchanges.measure(shape, () -> new MessageScript(AccountId.random(random), ciphertext));
    report
        .each(
            "cpu_us_per_message",
            "gateway CPU per message of %d bytes, accepted".formatted(CIPHERTEXT_BYTES),
            cost.gatewayMicros(),
            cost.answered())
        .add(
            "kafka_cpu_us_per_message",
            "the broker's CPU for the same",
            cost.kafkaMicros().isPresent() && cost.answered() > 0
                ? OptionalDouble.of((double) cost.kafkaMicros().getAsLong() / cost.answered())
                : OptionalDouble.empty())
        .add("messages_per_second", "of these, by the clock", rate(cost));
  }

  private Shape echoShape() {
    return new Shape(
        Math.min(plan.connections(), plan.echoConnections()), plan.window(), plan.frames());
  }

  /**
   * What is held once the gateway has come to rest: a connection that was closed may live on until
   * some timer or queue has let it go.
   */
  private Holding holding() throws IOException, InterruptedException {
    Jcmd jvm = new Jcmd(gateway.process().pid());
    HeapHistogram heap = jvm.histogram();
    for (int calm = 0, looks = 0; calm < CALM_LOOKS && looks < MAX_LOOKS; looks++) {
      TimeUnit.MILLISECONDS.sleep(plan.lookMs());
      HeapHistogram next = jvm.histogram();
      boolean isCalm = Math.abs(next.totalBytes() - heap.totalBytes()) <= CALM_BYTES;
      calm = isCalm ? calm + 1 : 0;
      heap = next;
    }
    return new Holding(
        heap, gateway.process().residentBytes(), DirectMemory.bytes(gateway.address()));
  }

  private static List<String> rows(List<Growth> growth, int connections) {
    return growth.stream()
        .map(each ->
            String.format(
                Locale.ROOT, "%9.1f  %s", (double) each.bytes() / connections, each.type()))
        .toList();
  }

  private static OptionalDouble directGrowth(Holding before, Holding after, int connections) {
    return before.directBytes().isPresent() && after.directBytes().isPresent() && connections > 0
        ? OptionalDouble.of(
            (after.directBytes().getAsDouble() - before.directBytes().getAsDouble()) / connections)
        : OptionalDouble.empty();
  }

  private static double rate(Cost cost) {
    return cost.answered() / cost.seconds();
  }
}
