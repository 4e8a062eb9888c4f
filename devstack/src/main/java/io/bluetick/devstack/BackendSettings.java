package io.bluetick.devstack;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a service is told where its backends are, and which part of them is its own: the {@code
 * BLUETICK_*} variables that each service's application.yaml reads.
 */
public final class BackendSettings {

  public static final String POSTGRES_USER = "bluetick";
  public static final String POSTGRES_PASSWORD = "bluetick";
  public static final String S3_KEY = "bluetick";
  public static final String S3_SECRET = "bluetick-dev-secret";

  private BackendSettings() {}

  /** Where a backend answers, with the credentials it takes. */
  public static Map<String, String> address(Backend backend, String host, int port) {
    String address = host + ":" + port;
    Map<String, String> settings = new LinkedHashMap<>();
    switch (backend) {
      case KAFKA -> settings.put("BLUETICK_KAFKA", address);
      case CASSANDRA -> settings.put("BLUETICK_CASSANDRA", address);
      case REDIS -> settings.put("BLUETICK_REDIS", address);
      case POSTGRES -> {
        settings.put("BLUETICK_POSTGRES", address);
        settings.put("BLUETICK_POSTGRES_USER", POSTGRES_USER);
        settings.put("BLUETICK_POSTGRES_PASSWORD", POSTGRES_PASSWORD);
      }
      case S3 -> {
        settings.put("BLUETICK_S3", "http://" + address);
        settings.put("BLUETICK_S3_KEY", S3_KEY);
        settings.put("BLUETICK_S3_SECRET", S3_SECRET);
      }
    }
    return settings;
  }

  /** The part of a backend that belongs to one user of it, isolated from others by its name. */
  public static Map<String, String> namespace(Backend backend, String name, int redisDatabase) {
    String underscored = name.replace('-', '_');
    return switch (backend) {
      case KAFKA -> Map.of("BLUETICK_TOPIC_PREFIX", name + ".");
      case CASSANDRA -> Map.of("BLUETICK_KEYSPACE", underscored);
      case POSTGRES -> Map.of("BLUETICK_POSTGRES_DATABASE", underscored);
      case REDIS -> Map.of("BLUETICK_REDIS_DATABASE", Integer.toString(redisDatabase));
      case S3 -> Map.of("BLUETICK_S3_BUCKET", name);
    };
  }
}
