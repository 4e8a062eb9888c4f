package io.bluetick.testkit.tidy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks of what people read first. */
final class MarkdownChecks {

  private static final List<String> ROOT_HEADINGS =
      List.of("# Bluetick", "## Run it", "## Test it", "## What you see", "## Map");

  private static final List<String> SERVICE_HEADINGS =
      List.of(
          "## Owns",
          "## Does not own",
          "## Endpoints",
          "## Topics",
          "## Tables",
          "## Settings that matter",
          "## When a dependency dies",
          "## Metrics to watch");

  private static final Pattern SERVICE = Pattern.compile("([a-z]+-service)/.*");

  /** {@code [text](target "title")}, or {@code [name]: target} on a line of its own. */
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)|^ {0,3}\\[[^\\]]+]:\\s+(\\S+)");

  private static final Pattern ELSEWHERE = Pattern.compile("#.*|[a-z]+:.*");

  private MarkdownChecks() {}

  static List<Violation> headings(TextFile file) {
    List<String> present = withoutCode(file).text().lines().map(String::strip).toList();
    return headingsOf(file.path()).stream()
        .filter(heading -> !present.contains(heading))
        .map(heading -> file.at(1, "lacks the heading '" + heading + "'"))
        .toList();
  }

  private static List<String> headingsOf(String path) {
    if (path.equals("README.md")) {
      return ROOT_HEADINGS;
    }
    return path.matches("[a-z]+-service/README\\.md") ? SERVICE_HEADINGS : List.of();
  }

  /** The root and each service introduce themselves. */
  static List<Violation> missingReadmes(Set<String> paths) {
    Stream<String> services =
        paths.stream()
            .map(SERVICE::matcher)
            .flatMap(matcher -> matcher.results())
            .map(match -> match.group(1) + "/README.md");
    return Stream.concat(Stream.of("README.md"), services)
        .distinct()
        .filter(readme -> !paths.contains(readme))
        .map(readme -> new Violation(readme, 1, "is missing"))
        .toList();
  }

  /**
   * Links that lead nowhere.
   *
   * @param exists whether the repository holds a file or folder, relative to its root
   */
  static List<Violation> deadLinks(TextFile file, Predicate<Path> exists) {
    if (!file.hasExtension("md")) {
      return List.of();
    }
    Predicate<MatchResult> isDead =
        match -> {
          String target = target(match);
          return !ELSEWHERE.matcher(target).matches() && !exists.test(resolve(file, target));
        };
    return withoutCode(file).matches(LINK, isDead, match -> "links to nothing: " + target(match));
  }

  private static String target(MatchResult match) {
    String inline = match.group(1);
    return inline == null ? match.group(2) : inline;
  }

  /** As GitHub does it: a leading slash means the root of the repository. */
  private static Path resolve(TextFile file, String target) {
    String path = target.replaceAll("#.*", "");
    return path.startsWith("/")
        ? Path.of(path.substring(1)).normalize()
        : Path.of(file.path()).resolveSibling(path).normalize();
  }

  /** Blanks fenced code, so that lines keep their numbers. */
  private static TextFile withoutCode(TextFile file) {
    List<String> lines = new ArrayList<>();
    boolean isCode = false;
    for (String line : file.text().lines().toList()) {
      boolean isFence = line.strip().startsWith("```");
      lines.add(isCode || isFence ? "" : line);
      isCode ^= isFence;
    }
    return new TextFile(file.path(), String.join("\n", lines));
  }
}
