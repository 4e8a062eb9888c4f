package io.bluetick.devstack;

import java.util.Locale;

/** The stores and the log that Bluetick runs on. */
public enum Backend {
  KAFKA,
  CASSANDRA,
  POSTGRES,
  REDIS,
  S3;

  /** The name of this backend's part in {@code ./bluetick status}. */
  public String partName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
