package io.bluetick.bench.stack;

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
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One service with the backends it needs: on free ports, in a home that is deleted afterwards, as
 * children that do not outlive this process.
 */
public final class BenchStack implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final String module;
  private final Home home;
  private final Path keptLog;
  private final Supervisor supervisor;
  private final InetSocketAddress address;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * What is started.
   *
   * @param module of the service
   */
  public record Subject(String module, Set<Backend> backends) {}

  /**
   * How the service is run.
   *
   * @param jvmOptions come after its {@code jvm.options}, so that they win
   * @param environment comes after what this stack says itself, which is where the backends are
   */
  public record Tuning(List<String> jvmOptions, Function<Place, Map<String, String>> environment) {}

  /**
   * Where the service will be.
   *
   * @param folder for its files; deleted in the end
   */
  public record Place(Path folder, int port) {}

  private BenchStack(
      String module, Home home, Path keptLog, Supervisor supervisor, InetSocketAddress address) {
    this.module = module;
    this.home = home;
    this.keptLog = keptLog;
    this.supervisor = supervisor;
    this.address = address;
  }

  /** Starts it, and returns when all of it is ready. */
  public static BenchStack start(Path checkout, Subject subject, Tuning tuning)
      throws IOException, InterruptedException, PartFailure {
    Path folder = Files.createTempDirectory("bluetick-bench-");
    Home home = new Home(folder, checkout.resolve(".bluetick/cache"));
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free(1)[0]);
    List<Part> parts = parts(checkout.resolve(subject.module()), home, address, subject, tuning);
    Supervisor supervisor = Supervisor.open(home, parts, Progress.silent()).orElseThrow();
    BenchStack stack =
        new BenchStack(
            subject.module(), home, keptLog(checkout, subject.module()), supervisor, address);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::closeAtExit, "end-of-benchmark"));
    stack.startAll();
    return stack;
  }

  private static List<Part> parts(
      Path module, Home home, InetSocketAddress address, Subject subject, Tuning tuning) {
    Map<String, String> environment = new LinkedHashMap<>();
    List<Part> parts = new ArrayList<>();
    BackendContext context = new BackendContext(home, new Jvm(home.cache(), Jvm.Aot.USE));
    for (Backend backend : subject.backends()) {
      int[] ports = Ports.free(2);
      parts.add(BackendParts.of(backend, context, ports[0], ports[1]));
      environment.putAll(BackendSettings.address(backend, HOST, ports[0]));
    }
    environment.putAll(tuning.environment().apply(new Place(home.folder(), address.getPort())));
    // A folder without caches: what a training run recorded would make a difference.
    Jvm uncached = new Jvm(home.folder(), Jvm.Aot.USE);
    ServicePart service =
        new ServicePart(
            module,
            new ServicePart.Address(HOST, address.getPort()),
            subject.backends().stream().map(Backend::partName).collect(Collectors.toSet()),
            () -> environment,
            uncached,
            false);
    parts.add(new TunedPart(service, tuning.jvmOptions()));
    return parts;
  }

  /** Where the service answers. */
  public InetSocketAddress address() {
    return address;
  }

  public LinuxProcess service() throws PartFailure {
    return process(module);
  }

  public LinuxProcess backend(Backend backend) throws PartFailure {
    return process(backend.partName());
  }

  /** What the service writes while it runs. */
  public Path log() {
    return home.log(module);
  }

  /** Where the log of the last benchmark of a service lies. */
  public static Path keptLog(Path checkout, String module) {
    return checkout.resolve(".bluetick/logs/bench-" + module + ".log");
  }

  /** Kills everything: nobody needs its data again. Only the service's log is kept. */
  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    supervisor.killAll();
    supervisor.close();
    Path log = log();
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
      String kept = e.getMessage().replace(log().toString(), keptLog.toString());
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
