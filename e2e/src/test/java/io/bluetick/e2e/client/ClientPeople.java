package io.bluetick.e2e.client;

import io.bluetick.bench.member.DevCodes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes people who use the SDK, and processes that act for them; in the end nothing of it runs. */
public final class ClientPeople implements AutoCloseable {
  /** Apart from those that other scenarios register. */
  private static final int FIRST_NUMBER = 5_000_000;

  private static final int NUMBERS = 1_000_000;

  private final List<ClientPerson> people = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();
  private final Path folder;
  private final URI edge;
  private final DevCodes codes;
  private int number = FIRST_NUMBER + new SplittableRandom().nextInt(NUMBERS);

  /**
   * At a stack that is up.
   *
   * @param home of the stack
   * @param folder for the profiles
   */
  public ClientPeople(URI edge, Path home, Path folder) {
    this.folder = folder;
    this.edge = edge;
    this.codes = new DevCodes(home.resolve("logs/session-service.log"));
  }

  String nextNumber() {
    number++;
    return "+491511%07d".formatted(number);
  }

  ClientPerson register(String name) throws IOException, InterruptedException {
    return register(name, nextNumber());
  }

  ClientPerson register(String name, String number) throws IOException, InterruptedException {
    return add(ClientPerson.register(folder.resolve(name), edge, codes, number));
  }

  /** A companion of somebody who is online. */
  ClientPerson link(String name, ClientPerson primary) {
    return add(ClientPerson.link(folder.resolve(name), edge, primary));
  }

  private ClientPerson add(ClientPerson person) {
    people.add(person);
    return person;
  }

  /**
   * Acts for somebody whose profile nobody has open.
   *
   * @param fileBlocks of 1,024 bytes, which no file may grow beyond, as if the disk were full; 0:
   *     there is room
   * @see ChattyProcess
   */
  Process start(ClientPerson person, ClientPerson peer, int numbers, int fileBlocks)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (fileBlocks > 0) {
      command.addAll(List.of("bash", "-c", "ulimit -f " + fileBlocks + " && exec \"$@\"", "bash"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Djava.library.path=" + System.getProperty("java.library.path"),
            "-cp",
            System.getProperty("java.class.path"),
            ChattyProcess.class.getName(),
            person.folder().toString(),
            peer.account().toString(),
            String.valueOf(numbers)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(person.folder().resolve("process.log").toFile())
            .start();
    processes.add(process);
    return process;
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
    people.forEach(ClientPerson::close);
  }
}
