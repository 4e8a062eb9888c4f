package io.bluetick.session.push;

import java.util.Locale;

/** What a wake-up may cost the device. */
public enum Urgency {
  /** At once, and the person may be told. */
  URGENT,
  /** In the background, now and then. */
  BACKGROUND;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
