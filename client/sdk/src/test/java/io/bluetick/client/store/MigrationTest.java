package io.bluetick.client.store;

import static io.bluetick.client.store.Fixture.KEY;
import static io.bluetick.client.store.Fixture.SCHEMA;
import static io.bluetick.client.store.Fixture.fails;
import static io.bluetick.client.store.Fixture.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bluetick.client.store.StoreException.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationTest {
  /** How SQLite changes a table: by another one. Its children must survive that. */
  private static final Migration REBUILT =
      Migration.ofSql(
          2,
          """
          CREATE TABLE chats2 (id BLOB PRIMARY KEY, title TEXT, muted INTEGER DEFAULT 0);
          INSERT INTO chats2 (id, title) SELECT id, title || '; renamed' FROM chats;
          DROP TABLE chats;
          ALTER TABLE chats2 RENAME TO chats;
          """);

  @TempDir Path folder;

  @Test
  void each_step_runs_once() {
    Fixture.withMessages(folder, "survives").close();
    for (int opening = 0; opening < 2; opening++) {
      try (Database database = open(SCHEMA, REBUILT)) {
        assertThat(said(database)).containsExactly("survives");
        assertThat(database.all("SELECT title FROM chats", row -> row.text(1)))
            .containsExactly("a chat; renamed");
        assertThat(database.version()).isEqualTo(2);
        fails(
            Kind.UNSTORABLE,
            () -> database.run("INSERT INTO messages (chat) VALUES (?)", new byte[] {5}));
      }
    }
  }

  @Test
  void a_step_that_fails_leaves_the_version_before_it() {
    Fixture.withMessages(folder, "survives").close();
    fails(
        Kind.OTHER,
        () -> open(SCHEMA, REBUILT, Migration.ofSql(3, "DELETE FROM messages; nonsense")));
    try (Database database = open(SCHEMA, REBUILT)) {
      assertThat(database.version()).isEqualTo(2);
      assertThat(said(database)).containsExactly("survives");
    }
  }

  @Test
  void a_step_that_leaves_orphans_fails() {
    Fixture.withMessages(folder, "orphan").close();
    assertThatIllegalStateException()
        .isThrownBy(() -> open(SCHEMA, Migration.ofSql(2, "DELETE FROM chats")));
    try (Database database = Fixture.open(folder)) {
      assertThat(database.all("SELECT title FROM chats", row -> row.text(1))).hasSize(1);
    }
  }

  @Test
  void a_step_may_be_java() {
    Migration step =
        new Migration(2, database -> database.run("INSERT INTO chats VALUES (?, ?)", 1L, "made"));
    try (Database database = open(SCHEMA, step)) {
      assertThat(database.all("SELECT title FROM chats", row -> row.text(1)))
          .containsExactly("made");
    }
  }

  @Test
  void a_newer_database_is_left_alone() {
    open(SCHEMA, REBUILT).close();
    fails(Kind.NEWER, () -> open(SCHEMA));
    open(SCHEMA, REBUILT).close();
  }

  @Test
  void numbers_have_no_gaps() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> open(SCHEMA, Migration.ofSql(3, "SELECT 1")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Migration.ofResource(1, MigrationTest.class, "no-such.sql"));
  }

  private Database open(Migration... migrations) {
    return Database.open(folder.resolve("bluetick.db"), KEY, List.of(migrations));
  }
}
