package io.bluetick.devstack.process;

import io.bluetick.devstack.Home;
import io.bluetick.devstack.part.Launch;
import io.bluetick.devstack.system.Tools;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A started process, its log, and its last words. */
final class Child {

  /** A log that is longer at a start is put aside, so that at most twice this much is kept. */
  private static final long LOG_LIMIT_BYTES = 16L << 20;

  private static final int SIGTERM = 15;
  private static final int LAST_WORDS_BYTES = 16 << 10;
  private static final Pattern TROUBLE =
      Pattern.compile("(?i)error|exception|fatal|panic|cannot|failed|denied|no space");
  private static final Pattern STACK_FRAME = Pattern.compile("\\s*(at |\\.\\.\\. \\d+ more).*");

  private enum Stage {
    STARTING,
    READY,
    STOPPING
  }

  private final Process process;
  private final Path log;
  private final long logStart;
  private volatile Stage stage = Stage.STARTING;

  private Child(Process process, Path log, long logStart) {
    this.process = process;
    this.log = log;
    this.logStart = logStart;
  }

  static Child start(Home home, String name, Launch launch) throws IOException {
    Path log = home.log(name);
    Files.createDirectories(log.getParent());
    if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
      Files.move(log, log.resolveSibling(name + ".old.log"), StandardCopyOption.REPLACE_EXISTING);
    }
    long logStart = Files.exists(log) ? Files.size(log) : 0;
    List<String> command = new ArrayList<>(Tools.ownSession());
    command.addAll(launch.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.folder().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    // glibc gives each thread its own heap; two are plenty for processes this small.
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    builder.environment().putAll(launch.environment());
    return new Child(builder.start(), log, logStart);
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to stop, and insists after a while. */
  void stop(String signal, long limitMs) throws IOException, InterruptedException {
    stage = Stage.STOPPING;
    if (process.isAlive()) {
      Tools.signal(process.pid(), signal);
    }
    if (!process.waitFor(limitMs, TimeUnit.MILLISECONDS)) {
      kill();
    }
  }

  void becomeReady() {
    stage = Stage.READY;
  }

  /** Whether its end surprises: a failed start is told by who waits for it, a stop was wanted. */
  boolean isMissed() {
    return stage == Stage.READY;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Whether it has ended within this time. */
  boolean endsWithin(long limitMs) throws InterruptedException {
    return process.waitFor(limitMs, TimeUnit.MILLISECONDS);
  }

  /** It ended in good order: by itself, or because it was asked to. */
  boolean endedWell() {
    return process.exitValue() == 0 || process.exitValue() == 128 + SIGTERM;
  }

  /** "exit 1", or the signal that ended it. */
  String ending() {
    int code = process.exitValue();
    return code > 128 ? "signal " + (code - 128) : "exit " + code;
  }

  /** The line of this run's log that most likely says why it ended. */
  String lastWords() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(logStart, file.length() - LAST_WORDS_BYTES);
      byte[] tail = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(tail);
      List<String> lines =
          new String(tail, StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !STACK_FRAME.matcher(line).matches())
              .toList();
      return lines.reversed().stream()
          .filter(line -> TROUBLE.matcher(line).find())
          .findFirst()
          .or(() -> lines.reversed().stream().findFirst())
          .map(String::strip)
          .map(line -> line.length() > 300 ? line.substring(0, 300) + " ..." : line)
          .orElse("(it said nothing)");
    } catch (IOException e) {
      return "(its log cannot be read: " + e.getMessage() + ")";
    }
  }
}
