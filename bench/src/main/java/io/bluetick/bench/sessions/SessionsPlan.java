package io.bluetick.bench.sessions;

/**
 * How much is done. Every phase is first rehearsed with its whole size: it takes that long until
 * the code is compiled.
 *
 * @param devices that are registered, each the primary of an account of its own
 * @param oneTimeKeys of each kind that a device uploads: bundles without any cost less
 * @param logins by refresh token
 * @param bundles fetched as fast as it goes, and again at half that rate
 * @param opens of sessions, one by one, and again {@code batch} at once
 * @param batch openings in one call
 * @param workers that ask at the same time
 */
record SessionsPlan(
    int devices, int oneTimeKeys, int logins, int bundles, int opens, int batch, int workers) {

  /** As many as the service keeps of a kind. */
  static final int MAX_ONE_TIME_KEYS = 100;

  /** What a gateway gathers at most. */
  static final int MAX_BATCH = 256;

  /** Bundles that are fetched in all. */
  int allBundles() {
    return 3 * bundles; // Rehearsed, as fast as possible, and at half that rate.
  }
}
