package io.bluetick.client.store;

import static io.bluetick.client.store.Fixture.CHAT;
import static io.bluetick.client.store.Fixture.fails;
import static io.bluetick.client.store.Fixture.said;
import static io.bluetick.client.store.Fixture.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.bluetick.client.store.StoreException.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = Fixture.withMessages(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void values_come_back_as_they_were() {
    database.run("CREATE TABLE v (a, b, c, d, e, f, g)");
    byte[] bytes = {0, -1, 7};
    database.run(
        "INSERT INTO v VALUES (?, ?, ?, ?, ?, ?, ?)",
        Long.MIN_VALUE,
        -7,
        "nul \0 and \ud83d\ude00",
        bytes,
        ByteString.EMPTY,
        null,
        5L);
    List<Object> row =
        database
            .first(
                "SELECT * FROM v",
                r ->
                    List.<Object>of(
                        r.number(1),
                        r.integer(2),
                        r.text(3),
                        r.bytes(4),
                        r.array(5).length,
                        r.textOrNull(6) == null && r.bytesOrNull(6) == null,
                        r.number(7)))
            .orElseThrow();
    assertThat(row)
        .containsExactly(
            Long.MIN_VALUE, -7, "nul \0 and \ud83d\ude00", ByteString.copyFrom(bytes), 0, true, 5L);
  }

  @Test
  void a_column_of_another_type_is_a_defect() {
    assertThatIllegalStateException()
        .isThrownBy(() -> database.first("SELECT 'text'", row -> row.number(1)));
    assertThatIllegalStateException()
        .isThrownBy(() -> database.first("SELECT NULL", row -> row.text(1)));
    assertThatIllegalStateException()
        .isThrownBy(() -> database.first("SELECT 1 << 40", row -> row.integer(1)));
    assertThatIllegalStateException()
        .isThrownBy(() -> database.first("SELECT 1", row -> row.number(2)));
    assertThatIllegalArgumentException().isThrownBy(() -> database.run("SELECT ?", new Object()));
    assertThatIllegalArgumentException().isThrownBy(() -> database.run("SELECT ?"));
  }

  @Test
  void a_transaction_is_all_or_nothing() {
    database.transaction(() -> {
      say(database, "kept");
    });
    assertThatThrownBy(() ->
            database.transaction(() -> {
              say(database, "lost");
              throw new AssertionError("some defect");
            }))
        .isInstanceOf(AssertionError.class);
    assertThat(said(database)).containsExactly("kept");
    assertThat(database.transaction(() -> say(database, "again"))).isEqualTo(2);
  }

  @Test
  void a_transaction_within_another_is_a_defect() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            database.transaction(() -> {
              say(database, "outer");
              database.transaction(() -> say(database, "inner"));
            }));
    assertThatIllegalStateException().isThrownBy(() -> database.savepoint(() -> 1));
    assertThat(said(database)).isEmpty();
  }

  @Test
  void one_item_of_a_batch_may_fail_alone() {
    database.transaction(() -> {
      for (String text : List.of("one", "bad", "two")) {
        try {
          database.savepoint(() -> {
            say(database, text);
            database.savepoint(() -> say(database, text + "!"));
            if (text.equals("bad")) {
              database.run("INSERT INTO messages (chat) VALUES (NULL)");
            }
          });
        } catch (StoreException e) {
          assertThat(e.kind()).isEqualTo(Kind.UNSTORABLE);
        }
      }
    });
    assertThat(said(database)).containsExactly("one", "one!", "two", "two!");
  }

  @Test
  void a_full_disk_undoes_the_transaction_and_nothing_else() {
    say(database, "before");
    database.script("PRAGMA max_page_count = 40");
    fails(Kind.FULL, () -> database.transaction(this::sayTooMuch));
    assertThat(said(database)).containsExactly("before");
    say(database, "there is room for less");
    database.script("PRAGMA max_page_count = 100000");
    database.transaction(this::sayTooMuch);
    assertThat(said(database)).hasSize(202);
  }

  @Test
  void who_swallows_a_full_disk_commits_nothing() {
    database.script("PRAGMA max_page_count = 40");
    List<Kind> swallowed = new ArrayList<>();
    fails(
        Kind.FULL,
        () ->
            database.transaction(() -> {
              say(database, "first");
              for (int i = 0; i < 2; i++) {
                try {
                  database.savepoint(this::sayTooMuch);
                } catch (StoreException e) {
                  swallowed.add(e.kind());
                }
              }
            }));
    assertThat(swallowed).containsExactly(Kind.FULL, Kind.FULL);
    assertThat(said(database)).isEmpty();
    say(database, "goes on");
  }

  /** The price of not trusting the schema; whoever writes messages writes the index, too. */
  @Test
  void triggers_cannot_write_an_index() {
    database.script(
        """
        CREATE TRIGGER messages_added AFTER INSERT ON messages BEGIN
          INSERT INTO found (rowid, text) VALUES (new.id, new.text);
        END
        """);
    fails(Kind.OTHER, () -> say(database, "unsafe"));
    assertThat(said(database)).isEmpty();
  }

  @Test
  void foreign_keys_are_enforced() {
    fails(
        Kind.UNSTORABLE,
        () -> database.run("INSERT INTO messages (chat) VALUES (?)", new byte[] {9}));
    say(database, "goes with its chat");
    assertThat(database.run("DELETE FROM chats WHERE id = ?", CHAT)).isEqualTo(1);
    assertThat(said(database)).isEmpty();
  }

  @Test
  void an_insert_that_inserts_nothing_has_no_rowid() {
    assertThatIllegalStateException()
        .isThrownBy(() -> database.insert("INSERT OR IGNORE INTO chats VALUES (?, 'x')", CHAT));
  }

  @Test
  void the_same_question_can_be_asked_while_its_rows_are_read() {
    say(database, "a");
    say(database, "b");
    List<String> seen = new ArrayList<>();
    String sql = "SELECT text FROM messages ORDER BY id";
    database.each(
        sql, outer -> database.each(sql, inner -> seen.add(outer.text(1) + inner.text(1))));
    assertThat(seen).containsExactly("aa", "ab", "ba", "bb");
  }

  @Test
  void statements_are_kept_within_a_bound() {
    for (int i = 0; i < 2 * StatementCache.LIMIT; i++) {
      database.first("SELECT " + i, row -> row.number(1));
    }
    assertThat(database.cachedStatements()).isEqualTo(StatementCache.LIMIT);
  }

  @Test
  void a_second_thread_in_it_is_a_defect() {
    database.transaction(() -> {
      assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> said(database)).join())
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(IllegalStateException.class);
    });
    assertThat(CompletableFuture.supplyAsync(() -> said(database)).join()).isEmpty();
  }

  @Test
  void what_is_closed_says_so() {
    database.close();
    database.close();
    assertThatIllegalStateException().isThrownBy(() -> said(database));
  }

  @Test
  void the_disk_is_used_as_it_was_decided() {
    assertThat(setting("journal_mode")).isEqualTo("wal");
    assertThat(setting("synchronous")).isEqualTo("2");
    assertThat(setting("foreign_keys")).isEqualTo("1");
    assertThat(setting("secure_delete")).isEqualTo("1");
    assertThat(setting("temp_store")).isEqualTo("2");
    assertThat(setting("trusted_schema")).isEqualTo("0");
    assertThat(setting("busy_timeout")).isEqualTo("5000");
    assertThat(setting("wal_autocheckpoint")).isEqualTo("1000");
    assertThat(setting("cipher")).isEqualTo("chacha20");
  }

  private String setting(String name) {
    return database.first("PRAGMA " + name, row -> String.valueOf(row.value(1))).orElseThrow();
  }

  private void sayTooMuch() {
    for (int i = 0; i < 200; i++) {
      say(database, "long ".repeat(300));
    }
  }
}
