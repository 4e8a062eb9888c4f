package io.bluetick.devstack.system;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The operating system's own tools, found on the PATH. */
public final class Tools {

  private Tools() {}

  public static boolean isLinux() {
    return osName().contains("linux");
  }

  public static boolean isMac() {
    return osName().contains("mac");
  }

  public static boolean isArm64() {
    String arch = System.getProperty("os.arch", "");
    return arch.equals("aarch64") || arch.equals("arm64");
  }

  public static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  public static Optional<Path> find(String tool) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    return Stream.of(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * What to put in front of a command so that it leads a session of its own: a Ctrl-C on the
   * terminal then reaches only the launcher, which stops its children in order.
   */
  public static List<String> ownSession() {
    if (find("setsid").isPresent()) {
      return List.of("setsid");
    }
    // macOS has no setsid command, but always has Perl.
    return find("perl").isPresent()
        ? List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die $!")
        : List.of();
  }

  /** Sends a signal by name, such as INT; a process that is already gone is no error. */
  public static void signal(long pid, String signal) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    kill.waitFor(5, TimeUnit.SECONDS);
  }

  private static String osName() {
    return System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
  }
}
