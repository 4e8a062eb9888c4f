package io.bluetick.testkit.backend;

import io.bluetick.testkit.RunningBackends;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.Optional;

/** Pages are keys. */
final class RedisNotebook implements Notebook {

  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;

  RedisNotebook(RunningBackends settings) {
    client =
        RedisClient.create(
            "redis://"
                + settings.get("BLUETICK_REDIS")
                + "/"
                + settings.get("BLUETICK_REDIS_DATABASE"));
    connection = client.connect();
  }

  @Override
  public void write(String key, String value) {
    connection.sync().set(key, value);
  }

  @Override
  public Optional<String> read(String key) {
    return Optional.ofNullable(connection.sync().get(key));
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown();
  }
}
