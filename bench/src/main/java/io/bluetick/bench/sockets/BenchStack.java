package io.bluetick.bench.sockets;

import io.bluetick.bench.measure.LinuxProcess;
import io.bluetick.devstack.Backend;
import io.bluetick.devstack.BackendSettings;
import io.bluetick.devstack.Home;
import io.bluetick.devstack.artifact.Unpacker;
import io.bluetick.devstack.part.BackendContext;
import io.bluetick.devstack.part.BackendParts;
import io.bluetick.devstack.part.Jvm;
import io.bluetick.devstack.part.Part;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.part.ServicePart;
import io.bluetick.devstack.process.Progress;
import io.bluetick.devstack.process.Supervisor;
import io.bluetick.devstack.system.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * One gateway with the backends it needs: on free ports, in a home that is deleted afterwards, as
 * children that do not outlive this process.
 */
final class BenchStack implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String MODULE = "gateway-service";
  private static final Set<Backend> BACKENDS = Set.of(Backend.KAFKA, Backend.REDIS);

  /** Frames per second, and about as high as the gateway lets it be set. */
  private static final String UNREACHED_RATE = "2000000";

  private final Home home;
  private final Path keptLog;
  private final Supervisor supervisor;
  private final InetSocketAddress gateway;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * How the gateway is run.
   *
   * @param jvmOptions come after its {@code jvm.options}, so that they win
   * @param environment comes after what this stack says itself
   */
  record Tuning(List<String> jvmOptions, Map<String, String> environment) {}

  private BenchStack(Home home, Path keptLog, Supervisor supervisor, InetSocketAddress gateway) {
    this.home = home;
    this.keptLog = keptLog;
    this.supervisor = supervisor;
    this.gateway = gateway;
  }

  /** Starts it, and returns when all of it is ready. */
  static BenchStack start(Path checkout, Tuning tuning, Progress progress)
      throws IOException, InterruptedException, PartFailure {
    Path folder = Files.createTempDirectory("bluetick-bench-");
    Home home = new Home(folder, checkout.resolve(".bluetick/cache"));
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free(1)[0]);
    Supervisor supervisor =
        Supervisor.open(home, parts(checkout, home, address, tuning), progress).orElseThrow();
    BenchStack stack = new BenchStack(home, keptLog(checkout), supervisor, address);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::closeAtExit, "end-of-benchmark"));
    stack.startAll();
    return stack;
  }

  private static List<Part> parts(
      Path checkout, Home home, InetSocketAddress address, Tuning tuning) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("BLUETICK_SESSIONS", "first-use");
    environment.put("BLUETICK_NODE", "bench1");
    // A few connections stand for many: what one of them may send is no bound here.
    for (String limit :
        List.of("CONNECTIONRATE", "CONNECTIONBURST", "ACCOUNTRATE", "ACCOUNTBURST")) {
      environment.put("BLUETICK_SOCKET_" + limit, UNREACHED_RATE);
    }
    List<Part> parts = new ArrayList<>();
    BackendContext context = new BackendContext(home, new Jvm(home.cache(), Jvm.Aot.USE));
    for (Backend backend : BACKENDS) {
      int[] ports = Ports.free(2);
      parts.add(BackendParts.of(backend, context, ports[0], ports[1]));
      environment.putAll(BackendSettings.address(backend, HOST, ports[0]));
    }
    environment.putAll(tuning.environment());
    // A folder without caches: what a training run recorded would make a difference.
    Jvm uncached = new Jvm(home.folder(), Jvm.Aot.USE);
    ServicePart service =
        new ServicePart(
            checkout.resolve(MODULE),
            new ServicePart.Address(HOST, address.getPort()),
            BACKENDS.stream().map(Backend::partName).collect(Collectors.toSet()),
            () -> environment,
            uncached,
            false);
    parts.add(new TunedPart(service, tuning.jvmOptions()));
    return parts;
  }

  Gateway gateway() throws PartFailure {
    return new Gateway(gateway, process(MODULE), Optional.of(process(Backend.KAFKA.partName())));
  }

  /** Where the gateway's log of the last benchmark lies. */
  static Path keptLog(Path checkout) {
    return checkout.resolve(".bluetick/logs/bench-" + MODULE + ".log");
  }

  /** Kills everything: nobody needs its data again. Only the gateway's log is kept. */
  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    supervisor.killAll();
    supervisor.close();
    Path log = home.log(MODULE);
    if (Files.exists(log)) {
      Files.createDirectories(keptLog.getParent());
      Files.copy(log, keptLog, StandardCopyOption.REPLACE_EXISTING);
    }
    Unpacker.deleteTree(home.folder());
  }

  private void startAll() throws IOException, PartFailure {
    try {
      supervisor.startAll();
    } catch (PartFailure e) {
      close();
      // The folder that the message names is gone now.
      String kept = e.getMessage().replace(home.log(MODULE).toString(), keptLog.toString());
      throw new PartFailure(kept, e);
    }
  }

  /** After Ctrl-C. The children end in any case, but the folder would stay. */
  private void closeAtExit() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LinuxProcess process(String part) throws PartFailure {
    return supervisor
        .runFile()
        .process(part)
        .map(handle -> new LinuxProcess(handle.pid()))
        .orElseThrow(() -> new PartFailure(part + " has died"));
  }
}
