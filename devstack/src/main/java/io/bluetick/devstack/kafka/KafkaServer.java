package io.bluetick.devstack.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;

/**
 * The main class of the Kafka process: formats the log folder on the first start and runs the
 * broker in the same JVM, which saves a second JVM's start. Once the broker takes requests it
 * creates the ready file, because an open port says less.
 */
public final class KafkaServer {

  private KafkaServer() {}

  /** Arguments: the server.properties, and the file to create when ready. */
  public static void main(String[] args) throws IOException {
    Properties settings = Utils.loadProps(args[0]);
    Path readyFile = Path.of(args[1]);
    Files.deleteIfExists(readyFile);
    format(args[0], Path.of(settings.getProperty("log.dirs")));

    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-shutdown"));
    server.startup();
    Files.createFile(readyFile);
    server.awaitShutdown();
  }

  private static void format(String settingsFile, Path logFolder) throws IOException {
    if (Files.exists(logFolder.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(logFolder);
    String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", settingsFile};
    int exit = StorageTool.execute(format, System.out);
    if (exit != 0) {
      System.exit(exit);
    }
  }
}
