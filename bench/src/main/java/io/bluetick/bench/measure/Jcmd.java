package io.bluetick.bench.measure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks another JVM of the same user, by the JDK's own tool. */
public record Jcmd(long pid) {
  private static final int LIMIT_S = 120;

  /** What lives after a full collection, which asking for it makes the JVM do. */
  public HeapHistogram histogram() throws IOException {
    return HeapHistogram.parse(ask("GC.class_histogram"));
  }

  /**
   * The answer goes through a file: the asked JVM stands still until all of it is taken, so that
   * one that asks itself could not read it from a pipe.
   */
  private String ask(String command) throws IOException {
    Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Path answer = Files.createTempFile("bluetick-bench-", ".txt");
    Process process =
        new ProcessBuilder(tool.toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .redirectOutput(answer.toFile())
            .start();
    try {
      boolean hasEnded = process.waitFor(LIMIT_S, TimeUnit.SECONDS);
      String text = Files.readString(answer).strip();
      if (!hasEnded || process.exitValue() != 0) {
        throw new IOException("jcmd " + pid + " " + command + " failed: " + text);
      }
      return text;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("while jcmd asked " + pid);
    } finally {
      process.destroyForcibly();
      Files.delete(answer);
    }
  }
}
