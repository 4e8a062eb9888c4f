package io.bluetick.platform.security;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(
    classes = SecuredApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "spring.main.web-application-type=servlet")
class ServletAccessTest extends AccessContract {
  ServletAccessTest(@Value("${local.server.port}") int port) {
    super(port);
  }
}
