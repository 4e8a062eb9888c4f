package io.bluetick.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import org.junit.jupiter.api.Test;
import reactor.netty.http.server.HttpServer;

/**
 * Reactor Netty 1.3.7, which Spring Boot 4.1.1 brings, stops reading a kept connection after some
 * requests (reactor-netty#4361): it must not come back unnoticed.
 */
class KeptConnectionsTest {

  @Test
  void the_server_is_none_that_stops_reading() {
    URL jar = HttpServer.class.getProtectionDomain().getCodeSource().getLocation();
    assertThat(jar.getPath()).contains("reactor-netty-http-").doesNotContain("-1.3.7");
  }
}
