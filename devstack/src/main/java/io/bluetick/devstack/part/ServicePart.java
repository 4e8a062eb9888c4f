package io.bluetick.devstack.part;

import io.bluetick.devstack.artifact.Artifacts;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of Bluetick's own services, started from its thin jar and the class path that its build wrote
 * down.
 *
 * @param module the module's folder
 * @param environment where its backends are and what else it must know; asked for at each launch
 * @param trainingRun whether it only builds its application context and leaves, to record a cache
 */
public record ServicePart(
    Path module,
    Address address,
    Set<String> needs,
    Supplier<Map<String, String>> environment,
    Jvm jvm,
    boolean trainingRun)
    implements Part {

  /** Where it listens. */
  public record Address(String host, int port) {}

  private static final Pattern FAILING_COMPONENT =
      Pattern.compile("\"(\\w+)\":\\{[^{}]*\"status\":\"(?:DOWN|OUT_OF_SERVICE)\"");

  private static final int TIMEOUT_MS = 3_000;

  @Override
  public String name() {
    return module.getFileName().toString();
  }

  @Override
  public String host() {
    return address.host();
  }

  @Override
  public int port() {
    return address.port();
  }

  @Override
  public boolean endsByItself() {
    return trainingRun;
  }

  @Override
  public Launch prepare() throws IOException, PartFailure {
    Path jar = jar();
    List<Path> classPath = new ArrayList<>(List.of(jar));
    classPath.addAll(Artifacts.split(Files.readString(module.resolve("target/runtime.classpath"))));
    List<String> arguments = new ArrayList<>();
    if (trainingRun) {
      arguments.add("-Dspring.context.exit=onRefresh");
    }
    arguments.add(mainClass(jar));
    Map<String, String> settings = new LinkedHashMap<>(environment.get());
    settings.put("BLUETICK_BIND", host());
    settings.put("BLUETICK_PORT", Integer.toString(port()));
    Jvm.Program program = new Jvm.Program(name(), options(), classPath, arguments);
    return new Launch(jvm.command(program), settings);
  }

  /** Ready means that the service says so of itself and of the backends it needs. */
  @Override
  public Health probe() {
    String reachable = host().equals("0.0.0.0") ? BackendContext.LOOPBACK : host();
    try {
      HttpURLConnection http =
          (HttpURLConnection)
              URI.create("http://" + reachable + ":" + port() + "/actuator/health/readiness")
                  .toURL()
                  .openConnection();
      http.setConnectTimeout(TIMEOUT_MS);
      http.setReadTimeout(TIMEOUT_MS);
      return switch (http.getResponseCode()) {
        case HttpURLConnection.HTTP_OK -> Health.up();
        case HttpURLConnection.HTTP_UNAVAILABLE -> Health.down("not ready" + failing(http));
        default -> Health.down("answers " + http.getResponseCode());
      };
    } catch (IOException e) {
      return Health.down("does not answer");
    }
  }

  private static String failing(HttpURLConnection http) throws IOException {
    try (var body = http.getErrorStream()) {
      if (body == null) {
        return "";
      }
      Matcher components =
          FAILING_COMPONENT.matcher(new String(body.readAllBytes(), StandardCharsets.UTF_8));
      List<String> names = components.results().map(found -> found.group(1)).toList();
      return names.isEmpty() ? "" : ": " + String.join(", ", names);
    }
  }

  private Path jar() throws IOException, PartFailure {
    Path target = module.resolve("target");
    if (Files.isDirectory(target)) {
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, name() + "-*.jar")) {
        for (Path jar : jars) {
          return jar;
        }
      }
    }
    throw new PartFailure(name() + " is not built: run ./bluetick up, which builds it");
  }

  private List<String> options() throws IOException {
    return Files.readString(module.resolve("jvm.options"))
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private static String mainClass(Path jar) throws IOException, PartFailure {
    try (JarFile file = new JarFile(jar.toFile())) {
      String main = file.getManifest().getMainAttributes().getValue("Main-Class");
      if (main == null) {
        throw new PartFailure(jar + " names no main class");
      }
      return main;
    }
  }
}
