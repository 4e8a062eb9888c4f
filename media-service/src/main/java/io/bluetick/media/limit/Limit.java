package io.bluetick.media.limit;

import io.bluetick.platform.limit.Times;
import java.time.Duration;
import java.util.Locale;

/**
 * Every limit of this service on how often a device may ask for something, with its default. A
 * deployment changes one by {@code bluetick.limits.rates.NAME.burst} and {@code .per}.
 */
public enum Limit {
  /** Uploads granted. */
  UPLOADS(200, Duration.ofHours(1)),
  /** Downloads asked for, found or not: a device that was away fetches all at once. */
  DOWNLOADS(1_000, Duration.ofHours(1)),
  /** Deletions tried. */
  DELETIONS(500, Duration.ofHours(1));

  private final int burst;
  private final Duration per;

  Limit(int burst, Duration per) {
    this.burst = burst;
    this.per = per;
  }

  Times times() {
    return new Times(burst, per);
  }

  String bucket(String device) {
    return "media." + name().toLowerCase(Locale.ROOT) + "." + device;
  }
}
