package io.bluetick.client.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A second process that opens a profile, says how that went, and holds it until it is killed. */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;

  private OtherProcess(Process process) {
    this.process = process;
    this.said = process.inputReader();
  }

  static OtherProcess opening(Path profile) throws IOException {
    return new OtherProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName(),
                profile.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  String outcome() throws IOException {
    return said.readLine();
  }

  /** As kill -9 does. */
  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    said.close();
  }

  public static void main(String[] args) throws IOException {
    try (ProfileFolder profile = ProfileFolder.open(Path.of(args[0]))) {
      System.out.println(profile.vault().exists() ? "held, with a vault" : "held");
      // Until the parent is gone or has enough.
      System.in.read();
    } catch (StoreException e) {
      System.out.println(e.kind());
    }
  }
}
