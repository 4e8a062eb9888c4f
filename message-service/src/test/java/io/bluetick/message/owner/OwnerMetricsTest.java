package io.bluetick.message.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OwnerMetricsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void what_is_watched_is_told_also_after_a_collection() {
    new OwnerMetrics(meters).watch(nobody());
    WeakReference<Object> collected = new WeakReference<>(new Object());
    while (collected.get() != null) {
      System.gc();
    }
    assertThat(meters.getMeters().stream().filter(each -> is(each, Meter.Type.GAUGE)))
        .hasSize(4)
        .allSatisfy(gauge ->
            assertThat(gauge.measure()).allSatisfy(m -> assertThat(m.getValue()).isZero()));
  }

  /** Its own object each time, which nobody else holds. */
  private static Supplier<Collection<Owner>> nobody() {
    List<Owner> owners = new ArrayList<>();
    return () -> owners;
  }

  private static boolean is(Meter meter, Meter.Type type) {
    return meter.getId().getType() == type;
  }
}
