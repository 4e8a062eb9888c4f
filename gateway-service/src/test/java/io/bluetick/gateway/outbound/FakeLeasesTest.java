package io.bluetick.gateway.outbound;

import java.time.Duration;

class FakeLeasesTest extends LeasesContract {
  private final MovingClock clock = new MovingClock();
  private final FakeLeases leases = new FakeLeases(clock);

  @Override
  Leases leases() {
    return leases;
  }

  @Override
  void pass(Duration time) {
    clock.move(time);
  }
}
