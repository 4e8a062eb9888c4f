package io.bluetick.devstack.part;

import io.bluetick.devstack.Backend;
import io.bluetick.devstack.BackendSettings;
import io.bluetick.devstack.artifact.Coordinates;
import io.bluetick.devstack.artifact.Versions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** S3 by s3proxy over plain files: it checks signatures, ranges and checksums as S3 does. */
public record S3Part(BackendContext context, int port) implements Part {

  private static final Coordinates S3PROXY =
      Coordinates.of("org.gaul:s3proxy", Versions.of("s3proxy"))
          .pin(
              "com.fasterxml.jackson.core:jackson-annotations:"
                  + Versions.of("s3proxy.jackson-annotations"));

  private static final List<String> OPTIONS =
      List.of("-Xmx64m", "-Xss512k", "-XX:MaxMetaspaceSize=80m", "-XX:ReservedCodeCacheSize=24m");

  @Override
  public String name() {
    return Backend.S3.partName();
  }

  @Override
  public String host() {
    return BackendContext.LOOPBACK;
  }

  @Override
  public Launch prepare() throws IOException {
    Path data = context.home().data(name());
    Path objects = Files.createDirectories(data.resolve("objects"));
    Path settings =
        Template.write(
            "s3proxy.properties",
            Map.of(
                "port",
                port,
                "objects",
                objects,
                "key",
                BackendSettings.S3_KEY,
                "secret",
                BackendSettings.S3_SECRET),
            data.resolve("s3proxy.properties"));
    List<String> arguments =
        List.of("-DLOG_LEVEL=warn", "org.gaul.s3proxy.Main", "--properties", settings.toString());
    Jvm.Program program =
        new Jvm.Program(name(), OPTIONS, context.artifacts().classPath(S3PROXY), arguments);
    return new Launch(context.jvm().command(program), Map.of());
  }

  /** Any HTTP answer will do: an unsigned request is refused with 403. */
  @Override
  public Health probe() {
    byte[] request =
        ("GET / HTTP/1.1\r\nHost: " + host() + ":" + port + "\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    try {
      byte[] answer = Conversation.ask(host(), port, request, 5);
      return new String(answer, StandardCharsets.US_ASCII).equals("HTTP/")
          ? Health.up()
          : Health.down("does not speak HTTP");
    } catch (IOException e) {
      return Health.down("does not answer");
    }
  }
}
