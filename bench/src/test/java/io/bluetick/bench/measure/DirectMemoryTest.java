package io.bluetick.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DirectMemoryTest {

  @Test
  void the_direct_buffers_are_told_from_the_mapped_ones() {
    String metrics =
        """
        # TYPE jvm_buffer_memory_used_bytes gauge
        jvm_buffer_memory_used_bytes{id="mapped"} 0.0
        jvm_buffer_memory_used_bytes{application="g",id="direct"} 8192.0
        """;
    assertThat(DirectMemory.parse(metrics)).hasValue(8192);
  }

  @Test
  void metrics_without_it_are_no_answer() {
    assertThat(DirectMemory.parse("jvm_threads_live_threads 20.0")).isEmpty();
  }
}
