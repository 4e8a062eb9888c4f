package io.bluetick.bench.sockets;

import io.bluetick.bench.report.Report;
import io.bluetick.bench.stack.BenchStack;
import io.bluetick.bench.stack.BenchStack.Service;
import io.bluetick.bench.stack.BenchStack.Subject;
import io.bluetick.bench.stack.RunOptions;
import io.bluetick.devstack.Backend;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.system.Tools;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a gateway of its own, measures it, and ends it. */
@Command(
    name = "sockets",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "what a socket and a frame cost the gateway: heap, CPU")
public final class SocketsCommand implements Callable<Integer> {
  private static final String GATEWAY = "gateway-service";

  /** Frames per second, and about as high as the gateway lets it be set. */
  private static final String UNREACHED_RATE = "2000000";

  /** As far as ports and files of one process go. */
  private static final int MAX_CONNECTIONS = 19_000;

  /** Longer than the gateway takes to let go of a connection that was closed. */
  private static final long LOOK_MS = 3_000;

  @Option(names = "--connections", defaultValue = "15000", description = "open at the same time")
  private int connections;

  @Option(names = "--open-at-once", defaultValue = "200", description = "on their way at a time")
  private int openAtOnce;

  @Option(
      names = "--rehearsals",
      defaultValue = "1",
      description = "how often all is opened and closed before it counts")
  private int rehearsals;

  @Option(names = "--frames", defaultValue = "400000", description = "pings to echo")
  private long frames;

  @Option(
      names = "--echo-connections",
      defaultValue = "50",
      description = "that exchange frames in windows")
  private int echoConnections;

  @Option(names = "--window", defaultValue = "32", description = "frames in one write")
  private int window;

  @Option(
      names = "--messages",
      arity = "0..1",
      defaultValue = "0",
      fallbackValue = "100000",
      description = "also send so many messages (${FALLBACK-VALUE} if no number is given)")
  private long messages;

  @Option(names = "--threads", defaultValue = "1", description = "event loops of the client")
  private int threads;

  @Option(names = "--gateway-heap", defaultValue = "512m", description = "the gateway's -Xmx")
  private String gatewayHeap = "512m";

  @Mixin private RunOptions options = new RunOptions();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException, PartFailure {
    check(Tools.isLinux(), "this benchmark reads /proc, which only Linux has");
    check(
        connections >= 1 && connections <= MAX_CONNECTIONS,
        "--connections must be 1 to " + MAX_CONNECTIONS);
    check(openAtOnce >= 1 && window >= 1 && threads >= 1, "these numbers must be 1 or more");
    Path checkout = Path.of(System.getProperty("bluetick.root", ".")).toAbsolutePath().normalize();
    progress("starting Kafka, Redis and a gateway ...");
    Report report;
    try (BenchStack stack = BenchStack.start(checkout, Subject.of(service()))) {
      report = new SocketsBench(gateway(stack), plan(), this::progress).run();
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? report.json() : "\n" + report.table());
    out.flush();
    if (!report.isFine()) {
      progress("Something failed: see " + BenchStack.keptLog(checkout, GATEWAY));
    }
    return report.isFine() ? 0 : 1;
  }

  private Service service() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("BLUETICK_SESSIONS", "first-use");
    settings.put("BLUETICK_NODE", "bench1");
    // A few connections stand for many: what one of them may send is no bound here.
    for (String limit :
        List.of("CONNECTIONRATE", "CONNECTIONBURST", "ACCOUNTRATE", "ACCOUNTBURST")) {
      settings.put("BLUETICK_SOCKET_" + limit, UNREACHED_RATE);
    }
    return new Service(
        GATEWAY,
        Set.of(Backend.KAFKA, Backend.REDIS),
        options.jvmOptions(gatewayHeap),
        _ -> options.over(settings));
  }

  private static Gateway gateway(BenchStack stack) throws PartFailure {
    return new Gateway(
        stack.address(GATEWAY), stack.service(GATEWAY), Optional.of(stack.backend(Backend.KAFKA)));
  }

  private SocketsPlan plan() {
    return new SocketsPlan(
        connections,
        openAtOnce,
        rehearsals,
        frames,
        echoConnections,
        window,
        messages,
        threads,
        LOOK_MS);
  }

  /** Beside the result, which may be read by a script. */
  private void progress(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  private void check(boolean isFine, String complaint) {
    if (!isFine) {
      throw new ParameterException(spec.commandLine(), complaint);
    }
  }
}
