package io.bluetick.directory;

import java.time.Duration;

/**
 * The bounds of a link to the directory.
 *
 * @param connectTimeout of a connection to Redis
 * @param timeout after which a command has failed, and its connection is given up
 * @param waiting commands on their way at once; more fail
 * @param leaseAge for which it is believed that a gateway lives, or does not
 */
public record DirectoryLimits(
    Duration connectTimeout, Duration timeout, int waiting, Duration leaseAge) {

  /** Accounts in one {@link Directory#load}. */
  public static final int MAX_ACCOUNTS = 10_000;

  /** Commands that are handed to the connection at once. */
  static final int MAX_PIPELINED = 1_000;

  /** Gateways of which it is remembered whether they live. */
  static final int MAX_NODES = 4_096;

  public static final DirectoryLimits DEFAULTS =
      new DirectoryLimits(
          Duration.ofSeconds(2), Duration.ofSeconds(2), 20_000, Duration.ofSeconds(1));
}
