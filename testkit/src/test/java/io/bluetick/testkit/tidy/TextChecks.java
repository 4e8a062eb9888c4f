package io.bluetick.testkit.tidy;

import java.util.List;
import java.util.regex.Pattern;

/** Checks that need no grammar. */
final class TextChecks {

  private static final int LINES_LIMIT = 400;
  private static final int COLUMNS_LIMIT = 100;

  private static final Pattern WORDS =
      Pattern.compile("\\b(TODO|FIXME|XXX|HACK|Created by)\\b|@author\\b");

  /** A code span in Markdown names a word without using it. */
  private static final Pattern CODE_SPAN = Pattern.compile("`[^`\n]*`");

  private static final Pattern PLACES =
      Pattern.compile("(?<![\\w.$}])/(?:root/|(?:home|Users)/\\w+)");

  private TextChecks() {}

  static List<Violation> longFile(TextFile file) {
    long lines = file.text().lines().count();
    return file.hasExtension("java") && lines > LINES_LIMIT
        ? List.of(file.at(1, "has " + lines + " lines, " + LINES_LIMIT + " are allowed"))
        : List.of();
  }

  /** Imports and addresses cannot be broken. */
  static List<Violation> longLines(TextFile file) {
    return file.hasExtension("java")
        ? file.linesThat(
            line ->
                line.codePointCount(0, line.length()) > COLUMNS_LIMIT
                    && !line.startsWith("import ")
                    && !line.contains("://"),
            "is longer than " + COLUMNS_LIMIT + " columns")
        : List.of();
  }

  static List<Violation> bannedWords(TextFile file) {
    if (file.isSampleOfBadness()) {
      return List.of();
    }
    TextFile used =
        file.hasExtension("md")
            ? new TextFile(file.path(), CODE_SPAN.matcher(file.text()).replaceAll(""))
            : file;
    return used.matches(WORDS, match -> "says '" + match.group() + "'");
  }

  static List<Violation> placesOfOneMachine(TextFile file) {
    return file.isSampleOfBadness()
        ? List.of()
        : file.matches(
            PLACES, match -> "names '" + match.group() + "', which other machines do not have");
  }

  static List<Violation> tabs(TextFile file) {
    return file.hasExtension("yaml", "yml", "properties")
        ? file.linesThat(line -> line.contains("\t"), "holds a tab")
        : List.of();
  }

  static List<Violation> lastNewline(TextFile file) {
    return file.text().isEmpty() || file.text().endsWith("\n")
        ? List.of()
        : List.of(file.at(file.text().lines().count(), "does not end with a newline"));
  }
}
