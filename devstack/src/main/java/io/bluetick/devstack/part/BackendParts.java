package io.bluetick.devstack.part;

import io.bluetick.devstack.Backend;

/** The part that runs a backend. */
public final class BackendParts {

  private BackendParts() {}

  /**
   * Describes the process that runs this backend.
   *
   * @param innerPort for what the backend's own processes say to each other, where they do
   */
  public static Part of(Backend backend, BackendContext context, int port, int innerPort) {
    return switch (backend) {
      case KAFKA -> new KafkaPart(context, port, innerPort);
      case CASSANDRA -> new CassandraPart(context, port, innerPort);
      case POSTGRES -> new PostgresPart(context, port);
      case REDIS -> new RedisPart(context, port);
      case S3 -> new S3Part(context, port);
    };
  }
}
