package io.bluetick.platform.cassandra;

import java.util.ArrayList;
import java.util.List;

/** Splits a CQL script at its semicolons, except for those within strings, names and comments. */
final class CqlScript {
  private final String text;
  private final StringBuilder statement = new StringBuilder();
  private final List<String> statements = new ArrayList<>();
  private int at;

  private CqlScript(String text) {
    this.text = text;
  }

  static List<String> statements(String text) {
    return new CqlScript(text).split();
  }

  private List<String> split() {
    while (at < text.length()) {
      if (text.startsWith("--", at) || text.startsWith("//", at)) {
        skipTo("\n");
      } else if (text.startsWith("/*", at)) {
        skipTo("*/");
        statement.append(' ');
      } else if (text.startsWith("$$", at)) {
        copyTo("$$");
      } else if (text.charAt(at) == '\'' || text.charAt(at) == '"') {
        copyTo(text.substring(at, at + 1)); // A doubled quote is two strings in a row: it works.
      } else if (text.charAt(at) == ';') {
        end();
        at++;
      } else {
        statement.append(text.charAt(at++));
      }
    }
    end();
    return List.copyOf(statements);
  }

  private void skipTo(String close) {
    int end = text.indexOf(close, at + 2);
    if (end < 0 && close.equals("*/")) {
      throw new IllegalArgumentException("a comment is not closed: " + near());
    }
    // The newline stays: it still separates two words.
    at = end < 0 ? text.length() : close.equals("\n") ? end : end + close.length();
  }

  private void copyTo(String quote) {
    int end = text.indexOf(quote, at + quote.length());
    if (end < 0) {
      throw new IllegalArgumentException("a quotation is not closed: " + near());
    }
    statement.append(text, at, end + quote.length());
    at = end + quote.length();
  }

  private String near() {
    return text.substring(at, Math.min(text.length(), at + 40));
  }

  private void end() {
    String finished = statement.toString().strip();
    if (!finished.isEmpty()) {
      statements.add(finished);
    }
    statement.setLength(0);
  }
}
