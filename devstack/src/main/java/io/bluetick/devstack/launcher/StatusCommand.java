package io.bluetick.devstack.launcher;

import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.process.RunFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who runs and how they are, asked of each part in its own protocol. */
@Command(name = "status", description = "show every part's pid, port, health, memory and uptime")
final class StatusCommand implements Callable<Integer> {

  @Option(names = "--json", description = "the same as a JSON array")
  private boolean json;

  @Override
  public Integer call() throws IOException, PartFailure {
    Console console = Launcher.console();
    Checkout checkout = Launcher.checkout();
    RunFile runFile = RunFile.read(checkout.home().run());
    String bind = runFile.get("bind").orElse(Checkout.LOOPBACK);
    List<PartStatus> all =
        checkout.asRunning(runFile).parts(bind).parallelStream()
            .map(part -> PartStatus.of(part, runFile))
            .toList();
    console.line(json ? json(all) : table(all, runFile, console));
    return 0;
  }

  private static String json(List<PartStatus> all) {
    return all.stream().map(PartStatus::json).collect(Collectors.joining(",\n  ", "[\n  ", "\n]"));
  }

  private static String table(List<PartStatus> all, RunFile runFile, Console console) {
    StringBuilder table = new StringBuilder();
    String row = "%-18s %8s %6s  %s %8s %8s";
    table.append(
        console.strong(
            row.formatted("PART", "PID", "PORT", "%-24s".formatted("HEALTH"), "MEMORY", "UPTIME")));
    for (PartStatus status : all) {
      String health = "%-24s".formatted(status.healthText());
      table
          .append('\n')
          .append(
              row.formatted(
                  status.part(),
                  status.process().map(it -> Long.toString(it.pid())).orElse("-"),
                  status.port(),
                  status.isHealthy() ? console.good(health) : console.bad(health),
                  status.process().isPresent() ? megabytes(status.residentBytes()) : "-",
                  status.process().isPresent() ? shortly(status.uptime()) : "-"));
    }
    return table.append("\n\n").append(console.faint(footer(all, runFile))).toString();
  }

  private static String footer(List<PartStatus> all, RunFile runFile) {
    Optional<ProcessHandle> launcher = runFile.process("launcher");
    if (launcher.isEmpty()) {
      return "Not up: start it with ./bluetick up";
    }
    long parts = all.stream().mapToLong(PartStatus::residentBytes).sum();
    // The parts are the launcher's children, so its tree is everything.
    long everything = PartStatus.treeBytes(launcher.get());
    return "launcher pid %d, %s; all together %s"
        .formatted(
            launcher.get().pid(),
            megabytes(Math.max(0, everything - parts)),
            megabytes(Math.max(parts, everything)));
  }

  private static String megabytes(long bytes) {
    return (bytes >> 20) + " MB";
  }

  private static String shortly(Duration duration) {
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " m";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " m " + duration.toSecondsPart() + " s"
        : duration.toSeconds() + " s";
  }
}
