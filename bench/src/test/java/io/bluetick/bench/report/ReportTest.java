package io.bluetick.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.bench.report.Report.Goal;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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

  @Test
  void a_name_with_a_dot_lies_in_an_object_and_goals_stand_beside_what_was_measured() {
    Report report =
        Report.builder()
            .add("sent", "in all", 7)
            .add("cpu.all", "CPU", OptionalDouble.of(220.04), Goal.atMost(100))
            .add("cpu.kafka", "of these", 30)
            .add("rate", "by the clock", OptionalDouble.of(12_000), Goal.atLeast(12_000))
            .add("late", "never reached", OptionalDouble.empty(), Goal.atMost(1))
            .build(Map.of());
    assertThat(report.json())
        .isEqualTo(
            "{\"sent\":7,\"cpu\":{\"all\":220,\"kafka\":30},\"rate\":12000,\"late\":null,"
                + "\"goals\":{\"cpu\":{\"all\":100},\"rate\":12000,\"late\":1},"
                + "\"failures\":0,\"failure_reasons\":{}}");
    assertThat(report.table())
        .contains("CPU; the goal is at most 100 ✗\n")
        .contains("by the clock; the goal is at least 12000 ✓\n")
        .endsWith("never reached; the goal is at most 1");
  }
}
