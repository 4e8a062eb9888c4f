package io.bluetick.client.chat;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a user types, as SQLite's full-text search wants it. */
final class Search {
  private static final int WORDS_LIMIT = 16;
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  private Search() {}

  /** All words, each of which may go on; empty if there is none. */
  static String query(String typed) {
    return Arrays.stream(NO_WORD.split(typed, -1))
        .filter(word -> !word.isEmpty())
        .limit(WORDS_LIMIT)
        .map(word -> "\"" + word + "\"*")
        .collect(Collectors.joining(" "));
  }
}
