package io.bluetick.bench.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** What the kernel counts of a process. Linux only. */
public record LinuxProcess(long pid) {

  /** The kernel's unit for these counters, whatever its timer does. */
  private static final long TICK_MICROS = 10_000;

  /** The fields that follow the name: state is field 3 of the line, utime 14 and stime 15. */
  private static final int USER_TICKS = 14 - 3;

  private static final int SYSTEM_TICKS = 15 - 3;

  /** Of children that have ended and were waited for. */
  private static final int ENDED_USER_TICKS = 16 - 3;

  private static final int ENDED_SYSTEM_TICKS = 17 - 3;

  private static final String RESIDENT = "VmRSS:";

  /** The processor time of all its threads so far, ended ones too, in steps of 10 ms. */
  public long cpuMicros() throws IOException {
    return cpuMicros(read("stat"));
  }

  /** The memory that it really has. */
  public long residentBytes() throws IOException {
    return residentBytes(read("status"));
  }

  /** How many files and sockets it has open. */
  public int openFiles() throws IOException {
    int count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder().resolve("fd"))) {
      for (Path _ : files) {
        count++;
      }
    }
    return count;
  }

  static long cpuMicros(String stat) {
    return micros(stat, USER_TICKS, SYSTEM_TICKS);
  }

  static long cpuMicrosWithEnded(String stat) {
    return micros(stat, USER_TICKS, SYSTEM_TICKS, ENDED_USER_TICKS, ENDED_SYSTEM_TICKS);
  }

  /** The name stands in brackets and may hold brackets and blanks itself. */
  private static long micros(String stat, int... indices) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Arrays.stream(indices).mapToLong(index -> Long.parseLong(fields[index])).sum()
        * TICK_MICROS;
  }

  static long residentBytes(String status) {
    return status
            .lines()
            .filter(line -> line.startsWith(RESIDENT))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0)
        << 10;
  }

  private String read(String file) throws IOException {
    try {
      return Files.readString(folder().resolve(file));
    } catch (NoSuchFileException e) {
      throw new IOException("the measured process " + pid + " has ended", e);
    }
  }

  private Path folder() {
    return Path.of("/proc", Long.toString(pid));
  }
}
