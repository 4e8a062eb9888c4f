package io.bluetick.presence;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceContract;
import io.bluetick.testkit.service.ServiceTest;
import java.util.List;

@Backends({Backend.KAFKA, Backend.REDIS})
@ServiceTest
class PresenceApplicationTest implements ServiceContract {

  @Override
  public List<String> readyWith() {
    return List.of("kafka", "redis");
  }
}
