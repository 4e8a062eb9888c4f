package io.bluetick.platform.cassandra;

/** The schema cannot be brought up. The message is one line that says what to do about it. */
public final class CqlMigrationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CqlMigrationException(String message) {
    super(message);
  }

  CqlMigrationException(String message, Throwable cause) {
    super(message, cause);
  }
}
