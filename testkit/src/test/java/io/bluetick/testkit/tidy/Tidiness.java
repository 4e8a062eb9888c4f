package io.bluetick.testkit.tidy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All checks, run on all files. */
public final class Tidiness {

  private Tidiness() {}

  /** What is wrong in the repository that is being built, as {@code path:line what}. */
  public static List<String> violations() throws IOException {
    return violationsIn(Repository.ofThisBuild()).stream().map(Violation::toString).toList();
  }

  static List<Violation> violationsIn(Repository repository) throws IOException {
    Set<String> paths = repository.paths();
    List<Violation> violations = new ArrayList<>(MarkdownChecks.missingReadmes(paths));
    for (String path : paths) {
      Optional<TextFile> file = repository.read(path);
      file.ifPresent(text -> violations.addAll(check(text, repository::holds)));
    }
    return violations.stream().sorted().toList();
  }

  private static List<Violation> check(TextFile file, Predicate<Path> exists) {
    Stream<Function<TextFile, List<Violation>>> checks =
        Stream.of(
            TextChecks::longFile,
            TextChecks::longLines,
            TextChecks::bannedWords,
            TextChecks::placesOfOneMachine,
            TextChecks::tabs,
            TextChecks::lastNewline,
            JavaChecks::java,
            PomChecks::versions,
            MarkdownChecks::headings,
            text -> MarkdownChecks.deadLinks(text, exists));
    return checks.flatMap(check -> check.apply(file).stream()).toList();
  }
}
