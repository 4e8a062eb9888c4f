package io.bluetick.devstack.process;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What other commands must know of a running launcher, in one small file that is replaced whole at
 * every change. A pid alone says little, since the kernel gives it out again: a process is
 * recognised by its pid and the moment it started.
 */
public final class RunFile {

  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  /** It holds the key to the control port. */
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;
  private final Properties entries = new Properties();

  private RunFile(Path file) {
    this.file = file;
  }

  /** Reads what the last launcher left; a missing file is an empty one. */
  public static RunFile read(Path folder) throws IOException {
    RunFile runFile = new RunFile(folder.resolve("stack.properties"));
    try (Reader reader = Files.newBufferedReader(runFile.file)) {
      runFile.entries.load(reader);
    } catch (NoSuchFileException none) {
      return runFile;
    }
    return runFile;
  }

  public synchronized Optional<String> get(String key) {
    return Optional.ofNullable(entries.getProperty(key));
  }

  /** All entries whose keys begin like this. */
  public synchronized Map<String, String> withPrefix(String prefix) {
    Map<String, String> found = new TreeMap<>();
    for (String key : entries.stringPropertyNames()) {
      if (key.startsWith(prefix)) {
        found.put(key, entries.getProperty(key));
      }
    }
    return found;
  }

  public synchronized void put(String key, String value) throws IOException {
    entries.setProperty(key, value);
    write();
  }

  public synchronized void putProcess(String name, ProcessHandle process) throws IOException {
    entries.setProperty(name + ".pid", Long.toString(process.pid()));
    process
        .info()
        .startInstant()
        .ifPresent(started -> entries.setProperty(name + ".started", started.toString()));
    write();
  }

  public synchronized void removeProcess(String name) throws IOException {
    entries.remove(name + ".pid");
    entries.remove(name + ".started");
    write();
  }

  /** The names under which a process was noted. */
  public synchronized Set<String> processes() {
    Set<String> names = new TreeSet<>();
    for (String key : entries.stringPropertyNames()) {
      if (key.endsWith(".pid")) {
        names.add(key.substring(0, key.length() - ".pid".length()));
      }
    }
    return names;
  }

  /** The noted process, if it lives and is still the one that was noted. */
  public synchronized Optional<ProcessHandle> process(String name) {
    Optional<Instant> started = get(name + ".started").map(Instant::parse);
    return get(name + ".pid")
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
        .filter(ProcessHandle::isAlive)
        .filter(process -> started.isPresent() && isSameMoment(process, started.get()));
  }

  public synchronized void clear() throws IOException {
    entries.clear();
    Files.deleteIfExists(file);
  }

  private static boolean isSameMoment(ProcessHandle process, Instant noted) {
    return process
        .info()
        .startInstant()
        .map(actual -> Duration.between(actual, noted).abs().compareTo(CLOCK_TOLERANCE) <= 0)
        .orElse(false);
  }

  private void write() throws IOException {
    Files.createDirectories(file.getParent());
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next);
    Files.createFile(next, OWNER_ONLY);
    try (Writer writer = Files.newBufferedWriter(next)) {
      entries.store(writer, null);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
