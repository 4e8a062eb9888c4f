package io.bluetick.bench.messages;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long messages took from when they were due, each until it was sent, to its tick, to its
 * recipient and to its receipt. To a thousandth of the value; belongs to the event loop until the
 * phase is over.
 */
final class Timings {
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);
  private static final int DIGITS = 3;

  private final Histogram sent = new Histogram(LONGEST_MICROS, DIGITS);
  private final Histogram accepted = new Histogram(LONGEST_MICROS, DIGITS);
  private final Histogram delivered = new Histogram(LONGEST_MICROS, DIGITS);
  private final Histogram receipted = new Histogram(LONGEST_MICROS, DIGITS);

  void sent(long nanos) {
    record(sent, nanos);
  }

  void accepted(long nanos) {
    record(accepted, nanos);
  }

  void delivered(long nanos) {
    record(delivered, nanos);
  }

  void receipted(long nanos) {
    record(receipted, nanos);
  }

  Histogram sent() {
    return sent;
  }

  Histogram accepted() {
    return accepted;
  }

  Histogram delivered() {
    return delivered;
  }

  Histogram receipted() {
    return receipted;
  }

  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS));
  }
}
