package io.bluetick.devstack.part;

import io.bluetick.devstack.Backend;
import io.bluetick.devstack.artifact.Coordinates;
import io.bluetick.devstack.artifact.Unpacker;
import io.bluetick.devstack.artifact.Versions;
import io.bluetick.devstack.system.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Redis, from a static binary. */
public record RedisPart(BackendContext context, int port) implements Part {

  private static final Coordinates REDIS =
      Coordinates.of("org.signal:embedded-redis", Versions.of("redis"))
          .without(
              "com.google.guava:guava", "commons-io:commons-io", "commons-logging:commons-logging");

  private static final String SERVER_VERSION = "7.0.15";

  @Override
  public String name() {
    return Backend.REDIS.partName();
  }

  @Override
  public String host() {
    return BackendContext.LOOPBACK;
  }

  @Override
  public Launch prepare() throws IOException, PartFailure {
    String binary = "redis-server-" + SERVER_VERSION + "-" + platform();
    Path program = context.home().cache().resolve("redis").resolve(binary);
    Unpacker.executable(context.artifacts().file(REDIS), binary, program);
    Path data = context.home().data(name());
    Files.createDirectories(data);
    Path settings =
        Template.write(
            "redis.conf", Map.of("port", port, "data", data), data.resolve("redis.conf"));
    return new Launch(List.of(program.toString(), settings.toString()), Map.of());
  }

  @Override
  public Health probe() {
    try {
      byte[] ping = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
      byte[] answer = Conversation.ask(host(), port, ping, 5);
      return Arrays.equals(answer, "+PONG".getBytes(StandardCharsets.US_ASCII))
          ? Health.up()
          : Health.down("loading");
    } catch (IOException e) {
      return Health.down("does not answer");
    }
  }

  private static String platform() throws PartFailure {
    String cpu = Tools.isArm64() ? "arm64" : "amd64";
    if (Tools.isLinux()) {
      return "linux-" + cpu;
    }
    if (Tools.isMac()) {
      return "darwin-" + cpu;
    }
    throw new PartFailure(
        "there is no Redis for " + System.getProperty("os.name") + ": use Linux, macOS or WSL 2");
  }
}
