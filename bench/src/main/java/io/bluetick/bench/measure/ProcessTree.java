package io.bluetick.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process with all that it has started, such as PostgreSQL with its backends. Linux only. */
public record ProcessTree(long root) {

  /**
   * The processor time of all of them so far, and of those that have ended and were waited for.
   * Falls short by what a process used that ended between two looks.
   */
  public long cpuMicros() throws IOException {
    List<Long> pids =
        Stream.concat(
                Stream.of(root),
                ProcessHandle.of(root).stream()
                    .flatMap(ProcessHandle::descendants)
                    .map(ProcessHandle::pid))
            .toList();
    long sum = 0;
    for (long pid : pids) {
      try {
        sum +=
            LinuxProcess.cpuMicrosWithEnded(
                Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
      } catch (NoSuchFileException e) {
        if (pid == root) {
          throw new IOException("the measured process " + pid + " has ended", e);
        }
      }
    }
    return sum;
  }
}
