package io.bluetick.testkit.backend;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.RunningBackends;
import java.util.Optional;

/** The least that can be asked of any backend: to find again what was written. */
interface Notebook extends AutoCloseable {

  void write(String key, String value) throws Exception;

  Optional<String> read(String key) throws Exception;

  @Override
  void close();

  /** A notebook in a backend, by the client library that our services use. */
  static Notebook in(Backend backend, RunningBackends settings) throws Exception {
    return switch (backend) {
      case KAFKA -> new KafkaNotebook(settings);
      case CASSANDRA -> new CassandraNotebook(settings);
      case POSTGRES -> new PostgresNotebook(settings);
      case REDIS -> new RedisNotebook(settings);
      case S3 -> new S3Notebook(settings);
    };
  }
}
