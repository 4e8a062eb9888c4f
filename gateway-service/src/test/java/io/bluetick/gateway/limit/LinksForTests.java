package io.bluetick.gateway.limit;

import java.time.Duration;
import java.util.Map;

/** Connections to Redis for tests of others who use it. */
public final class LinksForTests {
  private static final Limit ANY = new Limit(1, 1);

  private LinksForTests() {}

  /**
   * A new one.
   *
   * @param address host:port/database
   */
  public static RedisLink to(String address) {
    return new RedisLink(
        new LimitSettings(
            "redis://" + address,
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            10,
            ANY,
            ANY,
            Map.of()));
  }
}
