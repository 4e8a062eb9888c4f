package io.bluetick.app.output;

/**
 * Text of others as a terminal may see it. What somebody writes is theirs to choose; what it does
 * to a terminal is not: no character moves the cursor, starts an escape sequence or turns the
 * reading order of what stands beside it.
 */
public final class Plain {
  /** On one letter. More of them climb over the lines above and below. */
  private static final int MARKS_LIMIT = 8;

  private Plain() {}

  /** On as many lines as it was written. */
  public static String lines(String text) {
    return clean(text, "\n");
  }

  /** On one line. */
  public static String line(String text) {
    return clean(text, " ").strip();
  }

  /** On one line of at most so many characters; "…" where more was. */
  public static String line(String text, int limit) {
    String line = line(text);
    int length = line.codePointCount(0, line.length());
    return length <= limit ? line : line.substring(0, line.offsetByCodePoints(0, limit - 1)) + "…";
  }

  /** Whether a terminal would act upon it instead of showing it. */
  static boolean isHarmful(int character) {
    return Character.getType(character) == Character.CONTROL
        || Character.getType(character) == Character.SURROGATE
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069);
  }

  private static String clean(String text, String lineBreak) {
    StringBuilder clean = new StringBuilder(text.length());
    int marks = 0;
    for (int each : text.codePoints().toArray()) {
      marks = isMark(each) ? marks + 1 : 0;
      if (each == '\n' || each == 0x2028 || each == 0x2029) {
        clean.append(lineBreak);
      } else if (each == '\t') {
        clean.append("    ");
      } else if (!isHarmful(each) && marks <= MARKS_LIMIT) {
        clean.appendCodePoint(each);
      }
    }
    return clean.toString();
  }

  private static boolean isMark(int character) {
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }
}
