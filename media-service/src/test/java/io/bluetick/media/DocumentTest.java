package io.bluetick.media;

import io.bluetick.devstack.Backend;
import io.bluetick.testkit.Backends;
import io.bluetick.testkit.service.OpenApiLint;
import io.bluetick.testkit.service.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

@Backends({Backend.S3, Backend.REDIS})
@ServiceTest
class DocumentTest {

  @Test
  void its_document_is_complete_and_its_examples_are_valid(@Value("${local.server.port}") int port)
      throws Exception {
    OpenApiLint.assertClean(port);
  }
}
