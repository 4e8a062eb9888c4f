package io.bluetick.testkit.tidy;

import java.util.Comparator;

/** One thing that is wrong, printed so that an editor can jump to it. Lines count from 1. */
record Violation(String path, long line, String what) implements Comparable<Violation> {

  private static final Comparator<Violation> ORDER =
      Comparator.comparing(Violation::path)
          .thenComparingLong(Violation::line)
          .thenComparing(Violation::what);

  @Override
  public int compareTo(Violation other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return path + ":" + line + " " + what;
  }
}
