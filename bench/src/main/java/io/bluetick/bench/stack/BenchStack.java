package io.bluetick.bench.stack;

import static java.util.Objects.requireNonNull;

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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Some services with the backends they need: on free ports, in a home that is deleted afterwards,
 * as children that do not outlive this process.
 */
public final class BenchStack implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final Path checkout;
  private final List<String> modules;
  private final Home home;
  private final Place place;
  private final Supervisor supervisor;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * What is started.
   *
   * @param services each with the backends that it needs
   * @param backendOptions further JVM options of backends that are Java programs
   */
  public record Subject(List<Service> services, Map<Backend, List<String>> backendOptions) {

    /** One service, on backends as {@code ./bluetick up} runs them. */
    public static Subject of(Service service) {
      return new Subject(List.of(service), Map.of());
    }

    private Set<Backend> backends() {
      Set<Backend> all = EnumSet.noneOf(Backend.class);
      services.forEach(service -> all.addAll(service.needs()));
      return all;
    }
  }

  /**
   * A service of ours, and how it is run.
   *
   * @param needs the backends that must be ready before it starts
   * @param jvmOptions come after its {@code jvm.options}, so that they win
   * @param environment comes after what this stack says itself, which is where the backends are
   */
  public record Service(
      String module,
      Set<Backend> needs,
      List<String> jvmOptions,
      Function<Place, Map<String, String>> environment) {}

  /**
   * Where the parts will be.
   *
   * @param folder for their files; deleted in the end
   * @param ports of services by module, of backends by the name of their part
   */
  public record Place(Path folder, Map<String, Integer> ports) {

    public String url(String module) {
      return "http://%s:%d".formatted(HOST, port(module));
    }

    private int port(String part) {
      return requireNonNull(ports.get(part), part);
    }
  }

  private BenchStack(
      Path checkout, List<String> modules, Home home, Place place, Supervisor supervisor) {
    this.checkout = checkout;
    this.modules = modules;
    this.home = home;
    this.place = place;
    this.supervisor = supervisor;
  }

  /** Starts it, and returns when all of it is ready. */
  public static BenchStack start(Path checkout, Subject subject)
      throws IOException, InterruptedException, PartFailure {
    Path folder = Files.createTempDirectory("bluetick-bench-");
    Home home = new Home(folder, checkout.resolve(".bluetick/cache"));
    Place place = new Place(folder, ports(subject));
    List<Part> parts = parts(checkout, home, place, subject);
    Supervisor supervisor = Supervisor.open(home, parts, Progress.silent()).orElseThrow();
    BenchStack stack =
        new BenchStack(
            checkout,
            subject.services().stream().map(Service::module).toList(),
            home,
            place,
            supervisor);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::closeAtExit, "end-of-benchmark"));
    stack.startAll();
    return stack;
  }

  private static Map<String, Integer> ports(Subject subject) {
    List<String> names = new ArrayList<>(subject.services().stream().map(Service::module).toList());
    subject.backends().forEach(backend -> names.add(backend.partName()));
    int[] free = Ports.free(names.size());
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (String name : names) {
      ports.put(name, free[ports.size()]);
    }
    return ports;
  }

  private static List<Part> parts(Path checkout, Home home, Place place, Subject subject) {
    Map<String, String> addresses = new LinkedHashMap<>();
    List<Part> parts = new ArrayList<>();
    // A folder without caches: what a training run recorded would make a difference.
    Jvm uncached = new Jvm(home.folder(), Jvm.Aot.USE);
    for (Backend backend : subject.backends()) {
      List<String> options = subject.backendOptions().getOrDefault(backend, List.of());
      Jvm jvm = options.isEmpty() ? new Jvm(home.cache(), Jvm.Aot.USE) : uncached;
      int port = place.port(backend.partName());
      BackendContext context = new BackendContext(home, jvm);
      Part part = BackendParts.of(backend, context, port, Ports.free(1)[0]);
      parts.add(options.isEmpty() ? part : new TunedPart(part, options));
      addresses.putAll(BackendSettings.address(backend, HOST, port));
    }
    for (Service service : subject.services()) {
      Map<String, String> environment = new LinkedHashMap<>(addresses);
      environment.putAll(service.environment().apply(place));
      ServicePart part =
          new ServicePart(
              checkout.resolve(service.module()),
              new ServicePart.Address(HOST, place.port(service.module())),
              service.needs().stream().map(Backend::partName).collect(Collectors.toSet()),
              () -> environment,
              uncached,
              false);
      parts.add(new TunedPart(part, service.jvmOptions()));
    }
    return parts;
  }

  /** Where a service answers. */
  public InetSocketAddress address(String module) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), place.port(module));
  }

  public URI url(String module) {
    return URI.create(place.url(module));
  }

  public LinuxProcess service(String module) throws PartFailure {
    return process(module);
  }

  public LinuxProcess backend(Backend backend) throws PartFailure {
    return process(backend.partName());
  }

  /** Where a backend answers, as services are told. */
  public String backendAddress(Backend backend) {
    return HOST + ":" + place.port(backend.partName());
  }

  /** What a service writes while it runs. */
  public Path log(String module) {
    return home.log(module);
  }

  /** Where the log of the last benchmark of a service lies. */
  public static Path keptLog(Path checkout, String module) {
    return checkout.resolve(".bluetick/logs/bench-" + module + ".log");
  }

  /** Kills everything: nobody needs its data again. Only the services' logs are kept. */
  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    supervisor.killAll();
    supervisor.close();
    for (String module : modules) {
      Path kept = keptLog(checkout, module);
      if (Files.exists(log(module))) {
        Files.createDirectories(kept.getParent());
        Files.copy(log(module), kept, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Unpacker.deleteTree(home.folder());
  }

  private void startAll() throws IOException, PartFailure {
    try {
      supervisor.startAll();
    } catch (PartFailure e) {
      close();
      // The folder that the message names is gone now.
      String message = e.getMessage();
      for (String module : modules) {
        message = message.replace(log(module).toString(), keptLog(checkout, module).toString());
      }
      throw new PartFailure(message, e);
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
