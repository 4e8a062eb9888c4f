package io.bluetick.devstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.devstack.part.Part;
import io.bluetick.devstack.part.PartFailure;
import io.bluetick.devstack.process.RunFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {

  private static final Path ROOT = Path.of("/checkout");

  @Test
  void every_part_has_its_fixed_port_on_loopback() throws Exception {
    List<Part> parts = checkout(Map.of()).parts("127.0.0.1");
    assertThat(parts)
        .extracting(part -> part.name() + " " + part.host() + ":" + part.port())
        .containsExactly(
            "kafka 127.0.0.1:29092",
            "cassandra 127.0.0.1:29042",
            "postgres 127.0.0.1:25432",
            "redis 127.0.0.1:26379",
            "s3 127.0.0.1:29000",
            "gateway-service 127.0.0.1:8080",
            "session-service 127.0.0.1:8081",
            "message-service 127.0.0.1:8082",
            "presence-service 127.0.0.1:8083",
            "media-service 127.0.0.1:8084",
            "user-service 127.0.0.1:8085");
  }

  @Test
  void only_the_gateway_is_bound_elsewhere() throws Exception {
    assertThat(checkout(Map.of()).parts("0.0.0.0"))
        .filteredOn(part -> part.host().equals("0.0.0.0"))
        .extracting(Part::name)
        .containsExactly("gateway-service");
  }

  @Test
  void the_environment_moves_ports_and_home() throws Exception {
    Checkout checkout =
        checkout(Map.of("BLUETICK_PORT_REDIS", "7000", "BLUETICK_HOME", "/elsewhere"));
    assertThat(checkout.parts("127.0.0.1")).extracting(Part::port).contains(7000);
    assertThat(checkout.home().folder()).isEqualTo(Path.of("/elsewhere"));
    assertThat(checkout.home().cache()).isEqualTo(ROOT.resolve(".bluetick/cache"));
  }

  @Test
  void another_terminal_sees_the_ports_that_the_launcher_was_told(@TempDir Path folder)
      throws Exception {
    RunFile runFile = RunFile.read(folder);
    checkout(Map.of("BLUETICK_PORT_KAFKA", "7000", "PATH", "/bin")).note(runFile);
    List<Part> seen = checkout(Map.of()).asRunning(RunFile.read(folder)).parts("127.0.0.1");
    assertThat(seen.getFirst().ports()).containsExactlyInAnyOrder(7000, 7001);
    assertThat(runFile.get("PATH")).isEmpty();
  }

  @Test
  void what_is_no_port_is_refused() {
    assertThatThrownBy(() -> checkout(Map.of("BLUETICK_PORT_REDIS", "many")).parts("127.0.0.1"))
        .isInstanceOf(PartFailure.class)
        .hasMessage("BLUETICK_PORT_REDIS=many is not a port");
  }

  @Test
  void a_service_may_be_called_by_its_short_name() throws Exception {
    assertThat(checkout(Map.of()).partName("gateway")).isEqualTo("gateway-service");
    assertThat(checkout(Map.of()).partName("kafka")).isEqualTo("kafka");
    assertThatThrownBy(() -> checkout(Map.of()).partName("mongodb"))
        .hasMessageContaining("there is no part \"mongodb\"; parts are kafka, cassandra");
  }

  private static Checkout checkout(Map<String, String> environment) {
    return new Checkout(ROOT, environment);
  }
}
