package io.bluetick.client.store;

import java.util.Map;

/** What became of restoring a backup. But for {@link Restored}, nothing was changed. */
public sealed interface Restoration {

  /**
   * All of it is in the database.
   *
   * @param added how many rows of each table were not there before
   */
  record Restored(Map<String, Long> added) implements Restoration {}

  /** Not the backup's passphrase, or its head was altered: the two look alike. */
  record WrongPassphrase() implements Restoration {}

  /** Not a backup, or cut off, altered, or put together from parts. */
  record Damaged() implements Restoration {}

  /** Something is there already: a backup comes before anything is said. */
  record NotEmpty() implements Restoration {}

  /** Written by a newer version, or from a newer schema, than this one knows. */
  record Newer() implements Restoration {}
}
