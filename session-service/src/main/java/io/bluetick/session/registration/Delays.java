package io.bluetick.session.registration;

import java.time.Duration;
import java.util.List;

/** Delays that grow. */
final class Delays {

  private Delays() {}

  /** After so many, counted from one; the last goes on. */
  static Duration after(List<Duration> delays, int count) {
    return delays.get(Math.min(count, delays.size()) - 1);
  }
}
