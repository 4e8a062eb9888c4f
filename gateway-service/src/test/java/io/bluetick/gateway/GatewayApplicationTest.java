package io.bluetick.gateway;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceContract;
import io.bluetick.testkit.service.ServiceTest;
import java.util.List;

@Backends(Backend.KAFKA)
@ServiceTest
class GatewayApplicationTest implements ServiceContract {

  @Override
  public List<String> readyWith() {
    return List.of("kafka");
  }
}
