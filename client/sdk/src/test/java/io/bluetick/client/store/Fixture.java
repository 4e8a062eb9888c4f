package io.bluetick.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bluetick.client.store.StoreException.Kind;
import io.bluetick.client.store.Stretching.Cost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of the store share. */
final class Fixture {
  static final DatabaseKey KEY = DatabaseKey.generate(new SecureRandom());

  /** The least that Argon2 takes, so that tests do not wait. */
  static final Cost CHEAP = new Cost(8, 1, 1);

  static final Migration SCHEMA =
      Migration.ofSql(
          1,
          """
          CREATE TABLE chats (id BLOB PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID;
          CREATE TABLE messages (
            id INTEGER PRIMARY KEY,
            chat BLOB NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
            text TEXT,
            weight REAL,
            sealed BLOB,
            length INTEGER GENERATED ALWAYS AS (length(text)) STORED
          );
          CREATE VIRTUAL TABLE found
            USING fts5(text, content='messages', content_rowid='id', prefix='1 2 3');
          """);

  static final String REINDEX = "INSERT INTO found (found) VALUES ('rebuild')";

  static final byte[] CHAT = {0, 1, 2};

  private Fixture() {}

  static Database open(Path folder) {
    return Database.open(folder.resolve("bluetick.db"), KEY, List.of(SCHEMA));
  }

  static Database withMessages(Path folder, String... texts) {
    Database database = open(folder);
    database.transaction(() -> {
      database.run("INSERT INTO chats VALUES (?, 'a chat')", CHAT);
      for (String text : texts) {
        say(database, text);
      }
    });
    return database;
  }

  static long say(Database database, String text) {
    long id = database.insert("INSERT INTO messages (chat, text) VALUES (?, ?)", CHAT, text);
    database.run("INSERT INTO found (rowid, text) VALUES (?, ?)", id, text);
    return id;
  }

  static List<String> said(Queries database) {
    return database.all("SELECT text FROM messages ORDER BY id", row -> row.text(1));
  }

  static void fails(Kind kind, ThrowingCallable call) {
    StoreException failure = catchThrowableOfType(StoreException.class, call);
    assertThat(failure).as("a failure").isNotNull();
    assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
  }

  /** Where bytes lie in the files of a folder that were given in plaintext. */
  static List<Path> filesThatHold(Path folder, String plain) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, plain)).toList();
    }
  }

  private static boolean holds(Path file, String plain) {
    try {
      String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      return bytes.contains(
          new String(plain.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
