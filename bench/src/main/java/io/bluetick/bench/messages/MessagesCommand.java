package io.bluetick.bench.messages;

import io.bluetick.bench.device.Device;
import io.bluetick.bench.measure.LinuxProcess;
import io.bluetick.bench.measure.ProcessTree;
import io.bluetick.bench.member.Api;
import io.bluetick.bench.member.DevCodes;
import io.bluetick.bench.member.Registrations;
import io.bluetick.bench.messages.MessagesPlan.Phase;
import io.bluetick.bench.messages.Servers.Meter;
import io.bluetick.bench.report.Report;
import io.bluetick.bench.stack.BenchStack;
import io.bluetick.bench.stack.RunOptions;
import io.bluetick.bench.stack.SessionEnvironment;
import io.bluetick.devstack.Backend;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.system.Tools;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a whole stack of its own, sends messages through it, and ends it. */
@Command(
    name = "messages",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "what a message from device to device costs all servers: CPU, latency")
public final class MessagesCommand implements Callable<Integer> {
  private static final int REGISTERED_AT_ONCE = 8;
  private static final long FIRST_LIST = 1;
  private static final Duration SETTLING = Duration.ofSeconds(60);

  @Option(names = "--sockets", defaultValue = "1000", description = "devices, in pairs")
  private int sockets;

  @Option(
      names = "--in-flight",
      defaultValue = "4",
      description = "messages of a device without a receipt, at full load")
  private int inFlight;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "at full load, and again at half load, before anything counts")
  private int warmUpSeconds;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "measured at full load, and again at half load")
  private int seconds;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "messages a second at half load; 0: half of what full load reached")
  private double rate;

  @Option(
      names = "--offline",
      paramLabel = "MESSAGES",
      defaultValue = "200000",
      description = "for devices that are away, stored and then drained")
  private long offline;

  @Option(
      names = "--offline-in-flight",
      defaultValue = "16",
      description = "messages of a device without a tick, while they are stored")
  private int offlineInFlight;

  @Option(
      names = "--phases",
      split = ",",
      defaultValue = "FULL,HALF,OFFLINE",
      description = "which of ${COMPLETION-CANDIDATES}")
  private Set<Phase> phases = EnumSet.allOf(Phase.class);

  @Option(names = "--heap", defaultValue = "512m", description = "each service's -Xmx")
  private String heap = "512m";

  @Option(names = "--kafka-heap", defaultValue = "512m", description = "Kafka's -Xmx")
  private String kafkaHeap = "512m";

  @Option(names = "--cassandra-heap", defaultValue = "768m", description = "Cassandra's -Xmx")
  private String cassandraHeap = "768m";

  @Mixin private RunOptions options = new RunOptions();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException, PartFailure {
    check();
    Path checkout = Path.of(System.getProperty("bluetick.root", ".")).toAbsolutePath().normalize();
    progress("starting all servers ...");
    SessionEnvironment sessions = SessionEnvironment.make();
    WholeStack whole =
        new WholeStack(options, sessions, new WholeStack.Heaps(heap, kafkaHeap, cassandraHeap));
    Report report;
    try (BenchStack stack = BenchStack.start(checkout, whole.subject())) {
      progress("registering %,d devices ...".formatted(sockets));
      List<Party> parties = register(stack, sessions);
      try (KafkaBacklog backlog = KafkaBacklog.ofMailboxes(stack.backendAddress(Backend.KAFKA))) {
        Stack measured =
            new Stack(stack.address(WholeStack.GATEWAY), servers(stack), backlog, notes());
        report = new MessagesBench(measured, parties, plan(), this::progress).run();
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? report.json() : "\n" + report.table());
    out.flush();
    if (!report.isFine()) {
      progress("Something failed: see " + BenchStack.keptLog(checkout, WholeStack.MESSAGE));
    }
    return report.isFine() ? 0 : 1;
  }

  private List<Party> register(BenchStack stack, SessionEnvironment sessions)
      throws IOException, InterruptedException {
    Api api = new Api(stack.url(SessionEnvironment.MODULE), sessions.internalSecret());
    DevCodes codes = new DevCodes(stack.log(SessionEnvironment.MODULE));
    return new Registrations(api, codes, 0)
        .registerAll(sockets, REGISTERED_AT_ONCE).stream()
            .map(member -> new Party(new Device(member.account(), 0, member.noise()), FIRST_LIST))
            .toList();
  }

  private Servers servers(BenchStack stack) throws PartFailure {
    Map<String, Meter> counted = new LinkedHashMap<>();
    for (String module : List.of(WholeStack.GATEWAY, WholeStack.MESSAGE)) {
      add(counted, module, stack.service(module));
    }
    for (Backend backend : List.of(Backend.KAFKA, Backend.CASSANDRA, Backend.REDIS)) {
      add(counted, backend.partName(), stack.backend(backend));
    }
    Map<String, Meter> apart = new LinkedHashMap<>();
    add(apart, SessionEnvironment.MODULE, stack.service(SessionEnvironment.MODULE));
    LinuxProcess postgres = stack.backend(Backend.POSTGRES);
    apart.put(Backend.POSTGRES.partName(), new ProcessTree(postgres.pid())::cpuMicros);
    add(apart, "generator", new LinuxProcess(ProcessHandle.current().pid()));
    return new Servers(counted, apart);
  }

  /** With its pid, for whoever wants to see what it does. */
  private void add(Map<String, Meter> meters, String name, LinuxProcess process) {
    progress("  %-16s pid %d".formatted(name, process.pid()));
    meters.put(name, process::cpuMicros);
  }

  private List<String> notes() {
    return List.of(
        "%d s of warm-up at full load, and at half load: after that little is compiled"
            .formatted(warmUpSeconds),
        "message-service suspects a former owner of its partitions for %d s, not two minutes,"
            .formatted(WholeStack.SUSPICION.toSeconds()),
        "  and until then also deletes rows that it never saved: that is over before it counts",
        "all servers and the generator share this machine's %d cores"
            .formatted(Runtime.getRuntime().availableProcessors()));
  }

  private MessagesPlan plan() {
    return new MessagesPlan(
        phases,
        inFlight,
        Duration.ofSeconds(warmUpSeconds),
        Duration.ofSeconds(seconds),
        rate,
        offline,
        offlineInFlight,
        SETTLING);
  }

  private void check() {
    check(Tools.isLinux(), "this benchmark reads /proc, which only Linux has");
    check(sockets >= 2 && sockets % 2 == 0, "--sockets must be even, and 2 or more");
    check(
        inFlight >= 1 && offlineInFlight >= 1 && seconds >= 1 && offline >= 1,
        "these numbers must be 1 or more");
    check(
        warmUpSeconds >= WholeStack.SUSPICION.toSeconds(),
        "--warm-up must be %d or more: for so long message-service also deletes what it never saved"
            .formatted(WholeStack.SUSPICION.toSeconds()));
    check(
        !phases.contains(Phase.HALF) || phases.contains(Phase.FULL) || rate > 0,
        "half load needs full load or a --rate");
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
