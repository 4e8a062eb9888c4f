package io.bluetick.client.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
  private static final int MESSAGES = 100_000;
  private static final int WORDS = 20_000;
  private static final int TRIES = 20;

  @TempDir Path folder;

  /** Reports the times; how long it may take depends on whose machine this is. */
  @Test
  void among_a_hundred_thousand_messages_the_right_ones_are_found() {
    try (Database database = Fixture.withMessages(folder)) {
      long start = System.nanoTime();
      fill(database);
      report(MESSAGES + " messages written in ms: " + msSince(start));
      try (DatabaseReader reader = database.reader()) {
        assertThat(search(reader, "needle")).containsExactly("needle w1 w2 w3");
        for (String words :
            List.of("needle", "w17", "w*", "w1*", "w12*", "w123*", "w17 w18", "\"w1 w2\"")) {
          long[] us = new long[TRIES];
          for (int i = 0; i < TRIES; i++) {
            long before = System.nanoTime();
            assertThat(search(reader, words)).isNotNull();
            us[i] = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - before);
          }
          long slowest = java.util.Arrays.stream(us).max().orElseThrow();
          report(words + ": us for the first " + us[0] + ", the slowest " + slowest);
        }
      }
    }
  }

  private static void fill(Database database) {
    Random random = new Random(4711);
    database.transaction(() -> {
      for (int i = 0; i < MESSAGES; i++) {
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < 8; word++) {
          // Few words are many, as in every language.
          double rare = Math.pow(random.nextDouble(), 3);
          text.append('w').append((int) (rare * WORDS)).append(' ');
        }
        Fixture.say(database, text.toString());
      }
      Fixture.say(database, "needle w1 w2 w3");
    });
  }

  private static List<String> search(Queries database, String words) {
    return database.all(
        """
        SELECT m.text FROM found JOIN messages m ON m.id = found.rowid
        WHERE found MATCH ? ORDER BY found.rowid DESC LIMIT 50
        """,
        row -> row.text(1),
        words);
  }

  private static long msSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }

  private static void report(String line) {
    System.out.println("search: " + line);
  }
}
