package io.bluetick.e2e;

import io.bluetick.devstack.system.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./bluetick} with a home and ports of its own, so that it disturbs no other stack. */
final class BluetickScript {

  /** What a call printed, and how it ended. */
  record Result(int exit, String output) {}

  /** A row of {@code status --json}. */
  record PartRow(String part, long pid, int port, boolean healthy, long rssBytes, long uptimeS) {}

  private static final int LIMIT_S = 240;
  private static final List<String> PARTS =
      List.of(
          "KAFKA",
          "KAFKA_INNER",
          "CASSANDRA",
          "CASSANDRA_INNER",
          "POSTGRES",
          "REDIS",
          "S3",
          "GATEWAY",
          "SESSION",
          "MESSAGE",
          "PRESENCE",
          "MEDIA",
          "USER");

  private final Path root = Path.of(System.getProperty("bluetick.root"));
  private final Map<String, String> environment = new LinkedHashMap<>();

  /**
   * Nothing of it is up yet.
   *
   * @param people who tells message-service of groups
   */
  BluetickScript(Path home, String people) {
    environment.put("BLUETICK_PEOPLE_URL", people);
    environment.put("BLUETICK_HOME", home.toString());
    // The build that runs these tests has just built everything.
    environment.put("BLUETICK_BUILT", "1");
    // Many people share the one address of this machine.
    environment.put("BLUETICK_LIMIT_OPEN_BURST", "1000");
    int[] ports = Ports.free(PARTS.size());
    for (int i = 0; i < ports.length; i++) {
      environment.put("BLUETICK_PORT_" + PARTS.get(i), Integer.toString(ports[i]));
    }
  }

  private BluetickScript(Map<String, String> environment) {
    this.environment.putAll(environment);
  }

  /** The same ports, another home. */
  BluetickScript rival(Path home) {
    BluetickScript rival = new BluetickScript(environment);
    rival.environment.put("BLUETICK_HOME", home.toString());
    return rival;
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    // A file, because a pipe would stay open as long as the detached launcher holds it.
    Path output = Files.createTempFile("bluetick", ".out");
    List<String> command = new ArrayList<>(List.of(root.resolve("bluetick").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException(command + " did not end: " + Files.readString(output));
    }
    String text = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    return new Result(process.exitValue(), text);
  }

  Map<String, PartRow> status() throws IOException, InterruptedException {
    Map<String, PartRow> rows = new TreeMap<>();
    for (JsonNode row : JsonMapper.shared().readTree(run("status", "--json").output())) {
      PartRow part =
          new PartRow(
              row.get("part").asString(),
              row.get("pid").asLong(0),
              row.get("port").asInt(),
              row.get("healthy").asBoolean(),
              row.get("rss_bytes").asLong(),
              row.get("uptime_s").asLong());
      rows.put(part.part(), part);
    }
    return rows;
  }
}
