package io.bluetick.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeapHistogramTest {
  private static final String BEFORE =
      """
      4711:
       num     #instances         #bytes  class name (module)
      -------------------------------------------------------
         1:         10000         800000  [B (java.base@25.0.1)
         2:          2000          48000  java.lang.String (java.base@25.0.1)
      Total         12000         848000
      """;

  private static final String AFTER =
      """
      4711:
       num     #instances         #bytes  class name (module)
      -------------------------------------------------------
         1:         10000         900000  [B (java.base@25.0.1)
         2:           300         150000  io.bluetick.gateway.Socket
         3:          1000          24000  java.lang.String (java.base@25.0.1)
      Total         11300        1074000
      """;

  @Test
  void the_total_is_what_the_last_line_says() {
    assertThat(HeapHistogram.parse(BEFORE).totalBytes()).isEqualTo(848_000);
  }

  @Test
  void growth_is_told_by_class_and_shrinking_is_not() {
    HeapHistogram before = HeapHistogram.parse(BEFORE);
    assertThat(HeapHistogram.parse(AFTER).grownSince(before, 5))
        .isEqualTo(
            List.of(
                new HeapHistogram.Growth("io.bluetick.gateway.Socket", 150_000),
                new HeapHistogram.Growth("[B", 100_000)));
  }

  @Test
  void what_a_collector_fills_holes_with_is_no_object() {
    String filled = AFTER.replace("io.bluetick.gateway.Socket", "[Ljdk.internal.vm.FillerElement;");
    HeapHistogram histogram = HeapHistogram.parse(filled);
    assertThat(histogram.totalBytes()).isEqualTo(1_074_000 - 150_000);
    assertThat(histogram.bytesByClass()).containsOnlyKeys("[B", "java.lang.String");
  }

  @Test
  void something_else_is_no_histogram() {
    assertThatThrownBy(() -> HeapHistogram.parse("Unable to open socket file"))
        .hasMessageContaining("Unable to open socket file");
  }
}
