package io.bluetick.testkit.backend;

import io.bluetick.devstack.Backend;
import io.bluetick.devstack.BackendSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.testcontainers.cassandra.CassandraContainer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startable;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** By Testcontainers, where a Docker daemon runs: the images that deployments use. */
final class DockerSource implements BackendSource {

  private static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.2.0");
  private static final DockerImageName CASSANDRA = DockerImageName.parse("cassandra:5.0");
  private static final DockerImageName POSTGRES = DockerImageName.parse("postgres:18");
  private static final DockerImageName REDIS = DockerImageName.parse("redis:7.4");
  private static final DockerImageName S3PROXY = DockerImageName.parse("andrewgaul/s3proxy:latest");

  private static final int CASSANDRA_PORT = 9042;
  private static final int REDIS_PORT = 6379;
  private static final int S3_PORT = 80;
  private static final int REDIS_DATABASES = 1024;

  private final List<Startable> containers = new CopyOnWriteArrayList<>();

  @Override
  public Map<String, String> start(Backend backend) {
    return switch (backend) {
      case KAFKA ->
          Map.of("BLUETICK_KAFKA", started(new KafkaContainer(KAFKA)).getBootstrapServers());
      case CASSANDRA -> address(backend, CASSANDRA_PORT, new CassandraContainer(CASSANDRA));
      case POSTGRES ->
          address(
              backend,
              PostgreSQLContainer.POSTGRESQL_PORT,
              new PostgreSQLContainer(POSTGRES)
                  .withUsername(BackendSettings.POSTGRES_USER)
                  .withPassword(BackendSettings.POSTGRES_PASSWORD)
                  .withDatabaseName("bluetick"));
      case REDIS ->
          address(
              backend,
              REDIS_PORT,
              new GenericContainer<>(REDIS)
                  .withCommand("redis-server", "--databases", Integer.toString(REDIS_DATABASES))
                  .withExposedPorts(REDIS_PORT));
      case S3 ->
          address(
              backend,
              S3_PORT,
              new GenericContainer<>(S3PROXY)
                  .withEnv("S3PROXY_AUTHORIZATION", "aws-v2-or-v4")
                  .withEnv("S3PROXY_IDENTITY", BackendSettings.S3_KEY)
                  .withEnv("S3PROXY_CREDENTIAL", BackendSettings.S3_SECRET)
                  .withExposedPorts(S3_PORT));
    };
  }

  @Override
  public void close() {
    new ArrayList<>(containers).forEach(Startable::stop);
  }

  private Map<String, String> address(Backend backend, int port, GenericContainer<?> container) {
    GenericContainer<?> running = started(container);
    return BackendSettings.address(backend, running.getHost(), running.getMappedPort(port));
  }

  private <C extends Startable> C started(C container) {
    containers.add(container);
    container.start();
    return container;
  }
}
