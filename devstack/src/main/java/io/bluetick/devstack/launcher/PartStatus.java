package io.bluetick.devstack.launcher;

import io.bluetick.devstack.part.Health;
import io.bluetick.devstack.part.Part;
import io.bluetick.devstack.process.RunFile;
import io.bluetick.devstack.system.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a part is doing, as seen from outside.
 *
 * @param residentBytes of its process and all below it; pages they share count in each
 */
record PartStatus(
    String part,
    int port,
    Optional<ProcessHandle> process,
    Health health,
    long residentBytes,
    Duration uptime) {

  static PartStatus of(Part part, RunFile runFile) {
    Optional<ProcessHandle> process = runFile.process(part.name());
    // Another program may answer on the port of a part that is not running.
    Health health = process.isPresent() ? part.probe() : Health.down("not running");
    return new PartStatus(
        part.name(),
        part.port(),
        process,
        health,
        process.map(PartStatus::treeBytes).orElse(0L),
        process.map(PartStatus::age).orElse(Duration.ZERO));
  }

  boolean isHealthy() {
    return health instanceof Health.Up;
  }

  String json() {
    return """
    {"part": "%s", "pid": %s, "port": %d, "healthy": %b, "health": "%s", "rss_bytes": %d, \
    "uptime_s": %d}\
    """
        .formatted(
            part,
            process.map(it -> Long.toString(it.pid())).orElse("null"),
            port,
            isHealthy(),
            healthText(),
            residentBytes,
            uptime.toSeconds());
  }

  String healthText() {
    return switch (health) {
      case Health.Up _ -> "healthy";
      case Health.Down down -> down.why();
    };
  }

  static long treeBytes(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .mapToLong(PartStatus::residentBytes)
        .sum();
  }

  static Duration age(ProcessHandle process) {
    return process
        .info()
        .startInstant()
        .map(started -> Duration.between(started, Instant.now()))
        .orElse(Duration.ZERO);
  }

  private static long residentBytes(ProcessHandle process) {
    try {
      return Tools.isLinux() ? fromProc(process.pid()) : fromPs(process.pid());
    } catch (IOException gone) {
      return 0;
    }
  }

  private static long fromProc(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return 0;
  }

  private static long fromPs(long pid) throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
    String kilobytes =
        new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    return kilobytes.isEmpty() ? 0 : Long.parseLong(kilobytes) << 10;
  }
}
