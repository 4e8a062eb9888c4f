package io.bluetick.app.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The codes that a server would send to phones. The one of {@code ./bluetick up} writes them into
 * its log instead.
 */
final class DevCodes {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final long POLL_MS = 20;

  /** The code was written a moment ago, so it stands near the end. */
  private static final int TAIL_BYTES = 256 * 1024;

  private final Path log;

  DevCodes(Path home) {
    this.log = home.resolve("logs").resolve("session-service.log");
  }

  /** The code of a verification. */
  String of(String session) {
    Pattern line =
        Pattern.compile("event=dev_code code=(\\d+) session=" + Pattern.quote(session) + "\\b");
    long start = System.nanoTime();
    try {
      while (System.nanoTime() - start < LIMIT.toNanos()) {
        Optional<String> code = find(line);
        if (code.isPresent()) {
          return code.get();
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new AppFailure(
          ExitCode.FAILED, "cannot read " + log + ": --dev-code is for a server of ./bluetick up");
    }
    throw new AppFailure(ExitCode.FAILED, "no code came into " + log);
  }

  private Optional<String> find(Pattern line) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - TAIL_BYTES);
      byte[] tail = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(tail);
      Matcher code = line.matcher(new String(tail, StandardCharsets.UTF_8));
      return code.find() ? Optional.of(code.group(1)) : Optional.empty();
    }
  }
}
