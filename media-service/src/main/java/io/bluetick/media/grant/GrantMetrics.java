package io.bluetick.media.grant;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** How much was granted; what was refused is counted by limit and by error code. */
@Component
class GrantMetrics {
  private final Counter uploads;
  private final Counter bytes;
  private final Counter downloads;
  private final Counter deletions;

  GrantMetrics(MeterRegistry meters) {
    this.uploads = meters.counter("bluetick.media.uploads");
    this.bytes = Counter.builder("bluetick.media.upload").baseUnit("bytes").register(meters);
    this.downloads = meters.counter("bluetick.media.downloads");
    this.deletions = meters.counter("bluetick.media.deletions");
  }

  void uploaded(long size) {
    uploads.increment();
    bytes.increment((double) size);
  }

  void downloaded() {
    downloads.increment();
  }

  void deleted() {
    deletions.increment();
  }
}
