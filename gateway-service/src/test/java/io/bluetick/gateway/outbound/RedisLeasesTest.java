package io.bluetick.gateway.outbound;

import io.bluetick.devstack.Backend;
import io.bluetick.gateway.limit.LinksForTests;
import io.bluetick.gateway.limit.RedisLink;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.RunningBackends;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

@Backends(Backend.REDIS)
class RedisLeasesTest extends LeasesContract {
  private final RedisLink link;
  private final RedisLeases leases;

  RedisLeasesTest(RunningBackends backends) {
    link =
        LinksForTests.to(
            backends.get("BLUETICK_REDIS") + "/" + backends.get("BLUETICK_REDIS_DATABASE"));
    leases = new RedisLeases(link);
  }

  @AfterEach
  void close() {
    link.close();
  }

  @Override
  Leases leases() {
    return leases;
  }

  /** It passes by itself. */
  @Override
  void pass(Duration time) {}
}
