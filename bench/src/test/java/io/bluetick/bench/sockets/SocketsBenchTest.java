package io.bluetick.bench.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.bench.fake.FakeGateway;
import io.bluetick.bench.measure.LinuxProcess;
import io.bluetick.bench.report.Report;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole benchmark, small, with this very process in the part of the gateway. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class SocketsBenchTest {

  @Test
  void a_small_run_has_every_figure_under_its_stable_name() throws Exception {
    LinuxProcess self = new LinuxProcess(ProcessHandle.current().pid());
    SocketsPlan plan = new SocketsPlan(60, 20, 1, 2_000, 5, 8, 200, 1, 50);
    try (FakeGateway fake = new FakeGateway()) {
      Gateway gateway = new Gateway(fake.address(), self, Optional.of(self));
      Report report = new SocketsBench(gateway, plan, _ -> {}).run();
      assertThat(report.failures()).isEqualTo(Map.of());
      JsonNode json = JsonMapper.shared().readTree(report.json());
      assertThat(json.propertyNames())
          .containsExactly(
              "connections",
              "heap_bytes_per_connection",
              "rss_bytes_per_connection",
              "direct_bytes_per_connection",
              "cpu_us_per_open",
              "opens_per_second",
              "sheds",
              "cpu_us_per_frame",
              "frames_per_second",
              "cpu_us_per_frame_unpipelined",
              "cpu_us_per_message",
              "kafka_cpu_us_per_message",
              "messages_per_second",
              "failures",
              "failure_reasons");
      assertThat(json.path("connections").asInt()).isEqualTo(60);
      assertThat(json.path("heap_bytes_per_connection").asDouble()).isPositive();
      assertThat(json.path("direct_bytes_per_connection").isNull()).isTrue();
      assertThat(json.path("failures").asInt()).isZero();
    }
  }
}
