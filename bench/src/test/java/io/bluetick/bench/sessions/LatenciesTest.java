package io.bluetick.bench.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void a_percentile_is_what_so_many_did_not_exceed() {
    Latencies latencies = new Latencies(100);
    IntStream.rangeClosed(1, 100).map(i -> 101 - i).forEach(ms -> latencies.add(ms * 1_000_000L));
    assertThat(latencies.percentileMs(0.5)).hasValue(50);
    assertThat(latencies.percentileMs(0.99)).hasValue(99);
    assertThat(latencies.percentileMs(1)).hasValue(100);
  }

  @Test
  void of_nothing_there_is_none_and_what_exceeds_the_limit_is_not_noted() {
    Latencies latencies = new Latencies(1);
    assertThat(latencies.percentileMs(0.5)).isEmpty();
    latencies.add(1_000_000);
    latencies.add(9_000_000);
    assertThat(latencies.percentileMs(1)).hasValue(1);
  }
}
