package io.bluetick.media;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.ServiceContract;
import io.bluetick.testkit.service.ServiceTest;
import java.util.List;

@Backends({Backend.S3, Backend.REDIS})
@ServiceTest
class MediaApplicationTest implements ServiceContract {

  @Override
  public List<String> readyWith() {
    return List.of("s3", "redis");
  }
}
