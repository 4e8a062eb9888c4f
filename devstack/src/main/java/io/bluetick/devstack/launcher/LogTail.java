package io.bluetick.devstack.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The end of one log file, as it grows. */
final class LogTail {

  private static final int TAIL_BYTES = 1 << 20;

  private static final Pattern TIME = field("@timestamp");
  private static final Pattern LEVEL = field("level");
  private static final Pattern LOGGER = field("logger(?:_name)?");
  private static final Pattern MESSAGE = field("message");

  private final String prefix;
  private final Path log;
  private final Console console;
  private long shown;

  /**
   * @param prefix put in front of each line, if not empty
   */
  LogTail(String prefix, Path log, Console console) {
    this.prefix = prefix;
    this.log = log;
    this.console = console;
  }

  void showLast(int lines) throws IOException {
    if (Files.exists(log)) {
      List<String> tail = read(Math.max(0, Files.size(log) - TAIL_BYTES));
      tail.subList(Math.max(0, tail.size() - lines), tail.size()).forEach(this::show);
    }
  }

  void showNews() throws IOException {
    if (!Files.exists(log)) {
      return;
    }
    long size = Files.size(log);
    if (size < shown) {
      // The log was put aside and begun anew.
      shown = 0;
    }
    if (size > shown) {
      read(shown).forEach(this::show);
    }
  }

  /** The whole lines from this place on; a line that is still being written waits. */
  private List<String> read(long from) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] != '\n') {
        end--;
      }
      shown = from + end;
      return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
    }
  }

  private void show(String line) {
    String text = console.isColoured() && line.startsWith("{") ? readable(line) : line;
    console.line(prefix.isEmpty() ? text : console.strong("%-16s ".formatted(prefix)) + text);
  }

  private static String readable(String json) {
    String logger = find(LOGGER, json);
    return "%s %-5s %s: %s"
        .formatted(
            find(TIME, json),
            find(LEVEL, json),
            logger.substring(logger.lastIndexOf('.') + 1),
            find(MESSAGE, json).translateEscapes());
  }

  private static Pattern field(String name) {
    return Pattern.compile("\"" + name + "\":\"((?:[^\"\\\\]|\\\\.)*)\"");
  }

  private static String find(Pattern pattern, String json) {
    Matcher matcher = pattern.matcher(json);
    return matcher.find() ? matcher.group(1) : "";
  }
}
