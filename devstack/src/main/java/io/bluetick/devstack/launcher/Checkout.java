package io.bluetick.devstack.launcher;

import io.bluetick.devstack.Backend;
import io.bluetick.devstack.BackendSettings;
import io.bluetick.devstack.Home;
import io.bluetick.devstack.part.BackendContext;
import io.bluetick.devstack.part.BackendParts;
import io.bluetick.devstack.part.Jvm;
import io.bluetick.devstack.part.Part;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.part.ServicePart;
import io.bluetick.devstack.process.RunFile;
import io.bluetick.devstack.system.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** A checkout of Bluetick, and the parts that {@code ./bluetick up} runs of it. */
record Checkout(Path root, Map<String, String> environment) {

  static final String LOOPBACK = "127.0.0.1";

  private static final String INNER = "_inner";

  private static final Set<String> NATIVE =
      Set.of(Backend.POSTGRES.partName(), Backend.REDIS.partName());

  /** A service of ours, its port, and the backends that must be ready before it starts. */
  private record Service(String module, int port, Set<Backend> needs) {
    Set<String> neededParts() {
      return needs.stream().map(Backend::partName).collect(Collectors.toSet());
    }
  }

  static final String GATEWAY = "gateway-service";
  static final String SESSION = "session-service";
  static final String MESSAGE = "message-service";
  static final String MEDIA = "media-service";

  private static final List<Service> SERVICES =
      List.of(
          new Service(GATEWAY, 8080, Set.of(Backend.KAFKA)),
          new Service(SESSION, 8081, Set.of(Backend.POSTGRES, Backend.REDIS, Backend.KAFKA)),
          new Service(MESSAGE, 8082, Set.of(Backend.KAFKA, Backend.CASSANDRA, Backend.REDIS)),
          new Service("presence-service", 8083, Set.of(Backend.KAFKA, Backend.REDIS)),
          new Service(MEDIA, 8084, Set.of(Backend.S3, Backend.REDIS)),
          new Service("user-service", 8085, Set.of(Backend.POSTGRES, Backend.KAFKA)));

  static Checkout at(Path root) {
    return new Checkout(root.toAbsolutePath().normalize(), System.getenv());
  }

  /** This checkout as its launcher was told to run it, whatever this process is told. */
  Checkout asRunning(RunFile runFile) {
    Map<String, String> settings = new LinkedHashMap<>(environment);
    settings.putAll(runFile.withPrefix(Ports.VARIABLE_PREFIX));
    return new Checkout(root, settings);
  }

  /** What {@link #asRunning} needs to know later. */
  void note(RunFile runFile) throws IOException {
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (variable.getKey().startsWith(Ports.VARIABLE_PREFIX)) {
        runFile.put(variable.getKey(), variable.getValue());
      }
    }
  }

  /** Elsewhere by BLUETICK_HOME, so that a second stack can run beside the first. */
  Home home() {
    Path standard = root.resolve(".bluetick");
    String elsewhere = environment.get("BLUETICK_HOME");
    Path folder = elsewhere == null ? standard : Path.of(elsewhere).toAbsolutePath().normalize();
    return new Home(folder, standard.resolve("cache"));
  }

  /**
   * All parts on their fixed ports, or on those that the environment sets.
   *
   * @param bind where the gateway listens; all else listens on loopback only
   */
  List<Part> parts(String bind) throws PartFailure {
    checkPorts();
    return parts(home(), bind, this::port, Jvm.Aot.USE);
  }

  /**
   * The Java programs once more, for training runs: backends in a scratch home on free ports,
   * services that only build their context, on the backends that are up.
   */
  List<Part> trainingParts(Home scratch) {
    return parts(scratch, LOOPBACK, _ -> Ports.free(1)[0], Jvm.Aot.RECORD).stream()
        .filter(part -> !NATIVE.contains(part.name()))
        .toList();
  }

  /** The full name of a part that may be given short: "gateway" for "gateway-service". */
  String partName(String given) throws PartFailure {
    List<String> names = parts(LOOPBACK).stream().map(Part::name).toList();
    return names.stream()
        .filter(name -> name.equals(given) || name.equals(given + "-service"))
        .findFirst()
        .orElseThrow(() ->
            new PartFailure(
                "there is no part \"%s\"; parts are %s"
                    .formatted(given, String.join(", ", names))));
  }

  private List<Part> parts(Home home, String bind, ToIntFunction<String> port, Jvm.Aot aot) {
    Jvm jvm = new Jvm(home.cache(), aot);
    BackendContext context = new BackendContext(home, jvm);
    List<Part> parts = new ArrayList<>();
    Map<String, String> settings = new LinkedHashMap<>();
    for (Backend backend : Backend.values()) {
      int number = port.applyAsInt(backend.partName());
      parts.add(BackendParts.of(backend, context, number, port.applyAsInt(inner(backend))));
      // Services always talk to the stack that is up, also while they only train.
      settings.putAll(BackendSettings.address(backend, LOOPBACK, port(backend.partName())));
    }
    ServiceSettings services = new ServiceSettings(home(), environment, bind);
    for (Service service : SERVICES) {
      boolean gateway = service.module().equals(GATEWAY);
      String host = gateway ? bind : LOOPBACK;
      parts.add(
          new ServicePart(
              root.resolve(service.module()),
              new ServicePart.Address(host, port.applyAsInt(service.module())),
              service.neededParts(),
              () -> services.of(service.module(), settings, port(SESSION)),
              jvm,
              aot == Jvm.Aot.RECORD));
    }
    return parts;
  }

  /** The port of a part by its name, as set or as fixed here. */
  private int port(String name) {
    String set = environment.get(Ports.variable(name));
    return set == null ? defaultPort(name) : Integer.parseInt(set);
  }

  private static String inner(Backend backend) {
    return backend.partName() + INNER;
  }

  private int defaultPort(String name) {
    if (name.endsWith(INNER)) {
      // Beside the outer one, so that one setting moves both.
      return port(name.substring(0, name.length() - INNER.length())) + 1;
    }
    return switch (name) {
      case "kafka" -> 29092;
      case "cassandra" -> 29042;
      case "postgres" -> 25432;
      case "redis" -> 26379;
      case "s3" -> 29000;
      default ->
          SERVICES.stream()
              .filter(service -> service.module().equals(name))
              .mapToInt(Service::port)
              .findFirst()
              .orElse(0);
    };
  }

  private void checkPorts() throws PartFailure {
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      if (variable.getKey().startsWith(Ports.VARIABLE_PREFIX)
          && !variable.getValue().matches("[1-9][0-9]{0,4}")) {
        throw new PartFailure(
            "%s=%s is not a port".formatted(variable.getKey(), variable.getValue()));
      }
    }
  }
}
