package io.bluetick.message;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceContract;
import io.bluetick.testkit.service.ServiceTest;
import java.util.List;

@Backends({Backend.KAFKA, Backend.CASSANDRA, Backend.REDIS})
@ServiceTest
class MessageApplicationTest implements ServiceContract {

  @Override
  public List<String> readyWith() {
    return List.of("kafka", "cassandra");
  }
}
