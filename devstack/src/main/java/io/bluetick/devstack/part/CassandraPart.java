package io.bluetick.devstack.part;

import io.bluetick.devstack.Backend;
import io.bluetick.devstack.artifact.Coordinates;
import io.bluetick.devstack.artifact.Versions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cassandra: one node that owns the whole ring, sized for a laptop. */
public record CassandraPart(BackendContext context, int port, int storagePort) implements Part {

  private static final Coordinates CASSANDRA =
      Coordinates.of("org.apache.cassandra:cassandra-all", Versions.of("cassandra"));

  private static final byte OPCODE_OPTIONS = 0x05;
  private static final byte OPCODE_SUPPORTED = 0x06;
  private static final byte CQL_REQUEST_V4 = 0x04;

  @Override
  public String name() {
    return Backend.CASSANDRA.partName();
  }

  @Override
  public String host() {
    return BackendContext.LOOPBACK;
  }

  @Override
  public Set<Integer> ports() {
    return Set.of(port, storagePort);
  }

  @Override
  public Launch prepare() throws IOException {
    Path data = context.home().data(name());
    Path settings =
        Template.write(
            "cassandra.yaml",
            Map.of("port", port, "storagePort", storagePort, "data", data),
            data.resolve("cassandra.yaml"));
    Path logging = Template.write("cassandra-logback.xml", Map.of(), data.resolve("logback.xml"));

    // Our ThreadAwareSecurityManager must be found before Cassandra's.
    List<Path> classPath = new ArrayList<>(List.of(BackendContext.ownJar()));
    classPath.addAll(context.artifacts().classPath(CASSANDRA));
    List<String> arguments =
        List.of(
            "-Dcassandra.config=" + settings.toUri(),
            "-Dcassandra.storagedir=" + data,
            "-Dlogback.configurationFile=" + logging.toUri(),
            "-Djava.io.tmpdir=" + data,
            "org.apache.cassandra.service.CassandraDaemon");
    Jvm.Program program = new Jvm.Program(name(), options(), classPath, arguments);
    return new Launch(context.jvm().command(program), Map.of());
  }

  /** Asks which options the node supports: the first thing that every CQL driver does. */
  @Override
  public Health probe() {
    byte[] request = {CQL_REQUEST_V4, 0, 0, 0, OPCODE_OPTIONS, 0, 0, 0, 0};
    try {
      byte[] answer = Conversation.ask(host(), port, request, 9);
      return answer[4] == OPCODE_SUPPORTED ? Health.up() : Health.down("does not speak CQL");
    } catch (IOException e) {
      return Health.down("does not answer");
    }
  }

  private static List<String> options() throws IOException {
    return Template.read("cassandra.options")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }
}
