package io.bluetick.platform.cassandra;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Decides which steps are still to be done, from those on file and those applied. */
final class CqlHistory {
  private CqlHistory() {}

  /**
   * The steps to do, in order.
   *
   * @param applied checksums by version
   * @throws CqlMigrationException when what was applied and what is on file contradict each other
   */
  static List<CqlMigration> pending(List<CqlMigration> onFile, Map<Integer, String> applied) {
    List<CqlMigration> ordered =
        onFile.stream().sorted(Comparator.comparingInt(CqlMigration::version)).toList();
    for (int i = 1; i < ordered.size(); i++) {
      if (ordered.get(i).version() == ordered.get(i - 1).version()) {
        throw new CqlMigrationException(
            ordered.get(i - 1) + " and " + ordered.get(i) + " have the same version");
      }
    }
    int latest = applied.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
    for (CqlMigration step : ordered) {
      String checksum = applied.get(step.version());
      if (checksum == null && step.version() < latest) {
        throw new CqlMigrationException(
            "%s comes before V%03d, which is applied already: give it a new version"
                .formatted(step, latest));
      }
      if (checksum != null && !checksum.equals(step.checksum())) {
        throw new CqlMigrationException(
            step + " was changed after it was applied: undo that and add a new step");
      }
    }
    // Applied but not on file is an older process beside a newer one, as in a rolling update.
    return ordered.stream().filter(step -> !applied.containsKey(step.version())).toList();
  }
}
