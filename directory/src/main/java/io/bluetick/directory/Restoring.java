package io.bluetick.directory;

/** What becomes of a route that its gateway tells again. */
public enum Restoring {
  /** It is known, now or as before. */
  PRESENT,
  /** The device had a later session, or this one was closed. */
  GONE,
  /** As {@link Opening.StaleList}. */
  STALE_LIST
}
