package io.bluetick.user;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceContract;
import io.bluetick.testkit.service.ServiceTest;
import java.util.List;

@Backends({Backend.POSTGRES, Backend.KAFKA})
@ServiceTest
class UserApplicationTest implements ServiceContract {

  @Override
  public List<String> readyWith() {
    return List.of("postgres");
  }
}
