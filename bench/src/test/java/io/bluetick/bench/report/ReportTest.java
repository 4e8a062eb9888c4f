package io.bluetick.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Report REPORT =
      Report.builder()
          .add("connections", "open", 15_000)
          .each("heap_bytes_per_connection", "heap", 30_000_500, 15_000)
          .each("cpu_us_per_frame", "echo", 1, 0)
          .section("What it is made of", List.of("100.0  [B"))
          .build(Map.of("refused", 2L));

  @Test
  void json_is_one_line_with_numbers_or_null() {
    assertThat(REPORT.json())
        .isEqualTo(
            "{\"connections\":15000,\"heap_bytes_per_connection\":2000,\"cpu_us_per_frame\":null,"
                + "\"failures\":2,\"failure_reasons\":{\"refused\":2}}");
  }

  @Test
  void the_table_says_what_it_is_made_of_and_what_went_wrong() {
    assertThat(REPORT.table())
        .contains("What it is made of:\n  100.0  [B")
        .contains("2  refused")
        .contains("- ");
    assertThat(REPORT.isFine()).isFalse();
  }
}
