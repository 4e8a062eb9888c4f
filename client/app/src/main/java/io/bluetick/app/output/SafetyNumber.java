package io.bluetick.app.output;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sixty digits as two people read them to one another. */
public final class SafetyNumber {
  private static final int GROUP = 5;
  private static final int GROUPS_OF_ROW = 4;

  private SafetyNumber() {}

  /** In rows of four groups of five. */
  public static String rows(String digits) {
    int groups = Math.ceilDiv(digits.length(), GROUP);
    return IntStream.range(0, groups)
        .mapToObj(group ->
            digits.substring(group * GROUP, Math.min((group + 1) * GROUP, digits.length()))
                + (group % GROUPS_OF_ROW == GROUPS_OF_ROW - 1 ? "\n" : " "))
        .collect(Collectors.joining())
        .strip();
  }
}
