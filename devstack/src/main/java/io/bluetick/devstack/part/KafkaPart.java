package io.bluetick.devstack.part;

import io.bluetick.devstack.Backend;
import io.bluetick.devstack.artifact.Coordinates;
import io.bluetick.devstack.artifact.Versions;
import io.bluetick.devstack.kafka.KafkaServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Kafka: broker and KRaft controller in one small JVM. */
public record KafkaPart(BackendContext context, int port, int controllerPort) implements Part {

  /** Kafka 4.4.0's pom names kafka-tools-api, which is not published. */
  private static final Coordinates KAFKA =
      Coordinates.of("org.apache.kafka:kafka_2.13", Versions.of("kafka"))
          .without("org.apache.kafka:kafka-tools-api");

  private static final List<String> OPTIONS =
      List.of("-Xmx192m", "-Xss512k", "-XX:MaxMetaspaceSize=96m", "-XX:ReservedCodeCacheSize=48m");

  @Override
  public String name() {
    return Backend.KAFKA.partName();
  }

  @Override
  public String host() {
    return BackendContext.LOOPBACK;
  }

  @Override
  public Set<Integer> ports() {
    return Set.of(port, controllerPort);
  }

  @Override
  public Launch prepare() throws IOException {
    Path data = context.home().data(name());
    Path settings =
        Template.write(
            "kafka.properties",
            Map.of("port", port, "controllerPort", controllerPort, "logs", data.resolve("log")),
            data.resolve("kafka.properties"));
    Path logging = Template.write("kafka-log4j2.yaml", Map.of(), data.resolve("log4j2.yaml"));
    Files.deleteIfExists(readyFile());

    List<Path> classPath = new ArrayList<>(List.of(BackendContext.ownJar()));
    classPath.addAll(context.artifacts().classPath(KAFKA));
    List<String> arguments =
        List.of(
            "-Dlog4j2.configurationFile=" + logging,
            KafkaServer.class.getName(),
            settings.toString(),
            readyFile().toString());
    Jvm.Program program = new Jvm.Program(name(), OPTIONS, classPath, arguments);
    return new Launch(context.jvm().command(program), Map.of());
  }

  /** Asks for the API versions, in version 0, which every broker answers. */
  @Override
  public Health probe() {
    if (!Files.exists(readyFile())) {
      return Health.down("starting");
    }
    ByteBuffer request = ByteBuffer.allocate(14);
    request.putInt(10).putShort((short) 18).putShort((short) 0).putInt(42).putShort((short) -1);
    try {
      byte[] answer = Conversation.ask(host(), port, request.array(), 10);
      ByteBuffer fields = ByteBuffer.wrap(answer);
      return fields.getInt(4) == 42 && fields.getShort(8) == 0
          ? Health.up()
          : Health.down("does not speak Kafka");
    } catch (IOException e) {
      return Health.down("does not answer");
    }
  }

  private Path readyFile() {
    return context.home().data(name()).resolve("ready");
  }
}
