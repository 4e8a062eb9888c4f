package io.bluetick.testkit.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A file of the repository.
 *
 * @param path relative to the root, with slashes
 */
record TextFile(String path, String text) {

  boolean hasExtension(String... extensions) {
    return List.of(extensions).contains(path.substring(path.lastIndexOf('.') + 1));
  }

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether the file only serves tests; e2e and testkit hold nothing else. */
  boolean isTest() {
    return path.contains("src/test/") || path.startsWith("e2e/") || path.startsWith("testkit/");
  }

  /**
   * Whether the file spells bad things on purpose, to find them or to prove that they are found.
   */
  boolean isSampleOfBadness() {
    return path.startsWith("testkit/src/test/java/io/bluetick/testkit/tidy/")
        || path.startsWith("testkit/src/test/java/io/bluetick/testkit/rules/examples/bad/");
  }

  Violation at(long line, String what) {
    return new Violation(path, line, what);
  }

  /** One violation for each line that is bad. */
  List<Violation> linesThat(Predicate<String> isBad, String what) {
    List<String> lines = text.lines().toList();
    return IntStream.range(0, lines.size())
        .filter(index -> isBad.test(lines.get(index)))
        .mapToObj(index -> at(index + 1, what))
        .toList();
  }

  /** One violation for each bad match within a line. */
  List<Violation> matches(
      Pattern pattern, Predicate<MatchResult> isBad, Function<MatchResult, String> what) {
    List<String> lines = text.lines().toList();
    List<Violation> violations = new ArrayList<>();
    for (int index = 0; index < lines.size(); index++) {
      long line = index + 1L;
      pattern
          .matcher(lines.get(index))
          .results()
          .filter(isBad)
          .forEach(match -> violations.add(at(line, what.apply(match))));
    }
    return violations;
  }

  List<Violation> matches(Pattern pattern, Function<MatchResult, String> what) {
    return matches(pattern, match -> true, what);
  }
}
