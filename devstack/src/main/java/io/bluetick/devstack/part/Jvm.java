package io.bluetick.devstack.part;

import io.bluetick.devstack.artifact.Artifacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Starts Java programs on this JVM's own JDK, with its AOT caches (JEP 514).
 *
 * <p>A cache holds parsed classes and profiles of a training run and makes later starts about twice
 * as fast. It is valid for exactly one JDK, class path and set of options, so its name is a hash of
 * these; a cache that does not fit is simply never found.
 */
public final class Jvm {

  /** What a start does with the AOT cache. */
  public enum Aot {
    USE,
    RECORD
  }

  /**
   * A Java program.
   *
   * @param options what it is tuned with; part of the cache's name
   * @param arguments options that do not bear on classes (properties), the main class and its own
   */
  public record Program(
      String name, List<String> options, List<Path> classPath, List<String> arguments) {}

  /**
   * A laptop has many processes and few cores: one collector thread and one compiler are enough.
   */
  private static final List<String> LAPTOP =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseCompactObjectHeaders",
          "-XX:-UsePerfData",
          "-Xms32m",
          "-XX:MinHeapFreeRatio=20",
          "-XX:MaxHeapFreeRatio=40");

  /** Too tight for the JVM that lays out all classes at once to write the cache. */
  private static final String METASPACE_LIMIT = "-XX:MaxMetaspaceSize=";

  private static final String OUTPUT = "-XX:AOTCacheOutput=";
  private static final String NEXT = ".next";

  private final Path caches;
  private final Aot aot;

  public Jvm(Path cacheFolder, Aot aot) {
    this.caches = cacheFolder.resolve("aot");
    this.aot = aot;
  }

  public List<String> command(Program program) throws IOException {
    List<String> options = new ArrayList<>(LAPTOP);
    program.options().stream()
        .filter(option -> aot == Aot.USE || !option.startsWith(METASPACE_LIMIT))
        .forEach(options::add);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(aotOptions(program));
    command.add("-cp");
    command.add(Artifacts.join(program.classPath()));
    command.addAll(program.arguments());
    return command;
  }

  private Path cache(Program program) throws IOException {
    StringBuilder identity = new StringBuilder(System.getProperty("java.vm.version"));
    identity.append(program.options());
    for (Path file : program.classPath()) {
      identity.append('\n').append(file);
      identity.append(' ').append(Files.size(file));
      identity.append(' ').append(Files.getLastModifiedTime(file).toMillis());
    }
    return caches.resolve(program.name() + "-" + hash(identity.toString()) + ".aot");
  }

  /** The cache that a launch records, if it records one. */
  public static Optional<Path> recording(Launch launch) {
    return launch.command().stream()
        .filter(option -> option.startsWith(OUTPUT))
        .map(option -> Path.of(option.substring(OUTPUT.length())))
        .findFirst();
  }

  /** Puts a finished recording where starts look for it, in place of the program's older ones. */
  public static void publish(Path recording) throws IOException {
    String name = recording.getFileName().toString();
    String program = name.substring(0, name.lastIndexOf('-') + 1);
    try (DirectoryStream<Path> outdated =
        Files.newDirectoryStream(recording.getParent(), program + "*.aot")) {
      for (Path cache : outdated) {
        Files.delete(cache);
      }
    }
    Path cache = recording.resolveSibling(name.substring(0, name.length() - NEXT.length()));
    Files.move(recording, cache, StandardCopyOption.ATOMIC_MOVE);
  }

  private List<String> aotOptions(Program program) throws IOException {
    // The JVM caches classes from jars only.
    if (program.classPath().stream().anyMatch(Files::isDirectory)) {
      return List.of();
    }
    Path cache = cache(program);
    boolean exists = Files.exists(cache);
    return switch (aot) {
      case USE -> exists ? List.of("-XX:AOTCache=" + cache) : List.of();
      case RECORD -> {
        Files.createDirectories(caches);
        yield exists ? List.of() : List.of(OUTPUT + cache + NEXT);
      }
    };
  }

  private static String hash(String identity) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
