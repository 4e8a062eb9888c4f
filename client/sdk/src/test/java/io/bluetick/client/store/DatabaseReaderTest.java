package io.bluetick.client.store;

import static io.bluetick.client.store.Fixture.said;
import static io.bluetick.client.store.Fixture.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseReaderTest {
  @TempDir Path folder;
  private Database database;
  private DatabaseReader reader;

  @BeforeEach
  void open() {
    database = Fixture.withMessages(folder, "one");
    reader = database.reader();
  }

  @AfterEach
  void close() {
    reader.close();
    database.close();
  }

  @Test
  void a_reader_sees_what_was_committed_while_the_writer_goes_on() {
    database.transaction(() -> {
      say(database, "two");
      assertThat(said(reader)).containsExactly("one");
    });
    assertThat(said(reader)).containsExactly("one", "two");
  }

  @Test
  void a_snapshot_stays_as_it_was() {
    List<String> seen =
        reader.snapshot(() -> {
          List<String> before = said(reader);
          say(database, "two");
          assertThat(said(reader)).isEqualTo(before);
          return before;
        });
    assertThat(seen).containsExactly("one");
    assertThat(said(reader)).containsExactly("one", "two");
  }

  @Test
  void a_reader_cannot_write() {
    assertThatThrownBy(
            () -> reader.first("DELETE FROM messages RETURNING id", row -> row.number(1)))
        .isInstanceOf(StoreException.class);
    assertThat(said(database)).containsExactly("one");
  }

  @Test
  void reading_and_writing_at_once_fails_for_nobody() {
    AtomicBoolean written = new AtomicBoolean();
    CompletableFuture<Integer> reading =
        CompletableFuture.supplyAsync(() -> {
          int most = 0;
          while (!written.get()) {
            int now = said(reader).size();
            assertThat(now).isGreaterThanOrEqualTo(most);
            most = now;
          }
          return said(reader).size();
        });
    try {
      for (int i = 0; i < 300; i++) {
        say(database, "more");
      }
    } finally {
      written.set(true);
    }
    assertThat(reading.join()).isEqualTo(301);
  }

  @Test
  void the_log_does_not_grow_without_bound() throws Exception {
    for (int i = 0; i < 50; i++) {
      database.transaction(() -> {
        for (int j = 0; j < 100; j++) {
          say(database, "some words ".repeat(40));
        }
      });
    }
    assertThat(Files.size(folder.resolve("bluetick.db-wal")))
        .isLessThanOrEqualTo(Database.LOG_KEPT_BYTES);
  }

  @Test
  void a_second_thread_in_a_reader_is_a_defect() {
    reader.snapshot(() -> {
      assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> said(reader)).join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(IllegalStateException.class);
      return 1;
    });
  }
}
