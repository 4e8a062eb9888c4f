package io.bluetick.session;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceContract;
import io.bluetick.testkit.service.ServiceTest;
import java.util.List;

@Backends({Backend.POSTGRES, Backend.REDIS, Backend.KAFKA})
@ServiceTest
class SessionApplicationTest implements ServiceContract {

  @Override
  public List<String> readyWith() {
    return List.of("postgres", "redis");
  }
}
