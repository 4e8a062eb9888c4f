package io.bluetick.bench.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.bench.measure.HeapHistogram.Growth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SocketsReportTest {
  private static final SocketsReport REPORT =
      SocketsReport.builder()
          .add("connections", "open", 15_000)
          .each("heap_bytes_per_connection", "heap", 30_000_500, 15_000)
          .each("cpu_us_per_frame", "echo", 1, 0)
          .madeOf(List.of(new Growth("[B", 1_500_000)), 15_000)
          .build(Map.of("refused", 2L));

  @Test
  void json_is_one_line_with_numbers_or_null() {
    assertThat(REPORT.json())
        .isEqualTo(
            "{\"connections\":15000,\"heap_bytes_per_connection\":2000,\"cpu_us_per_frame\":null,"
                + "\"failures\":2,\"failure_reasons\":{\"refused\":2}}");
  }

  @Test
  void the_table_says_what_a_connection_is_made_of_and_what_went_wrong() {
    assertThat(REPORT.table()).contains("100.0  [B").contains("2  refused").contains("- ");
    assertThat(REPORT.isFine()).isFalse();
  }
}
