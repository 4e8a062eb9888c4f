package io.bluetick.devstack.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void a_port_somebody_listens_on_is_not_free() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.isFree("127.0.0.1", taken.getLocalPort())).isFalse();
    }
  }

  @Test
  void free_ports_differ_and_are_free() {
    assertThat(Ports.free(20)).doesNotHaveDuplicates();
    assertThat(Ports.isFree("127.0.0.1", Ports.free(1)[0])).isTrue();
  }

  @Test
  void a_service_and_a_backend_are_moved_by_their_short_names() {
    assertThat(Ports.variable("gateway-service")).isEqualTo("BLUETICK_PORT_GATEWAY");
    assertThat(Ports.variable("kafka")).isEqualTo("BLUETICK_PORT_KAFKA");
  }
}
