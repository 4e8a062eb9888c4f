package io.bluetick.directory;

import java.util.Optional;

/** What becomes of an opening. */
public sealed interface Opening {

  /**
   * The place is the device's route.
   *
   * @param epoch higher than every epoch that the directory knew of the device, and not before now
   * @param displaced where the device was connected until now
   */
  record Opened(long epoch, Optional<Place> displaced) implements Opening {}

  /** Redis knows a newer list than the caller's, who reads it anew and asks again. */
  record StaleList() implements Opening {}

  /** A later attempt of the same device is its route already; this one was held up somewhere. */
  record Overtaken() implements Opening {}
}
