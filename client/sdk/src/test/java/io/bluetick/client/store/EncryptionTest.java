package io.bluetick.client.store;

import static io.bluetick.client.store.Fixture.SCHEMA;
import static io.bluetick.client.store.Fixture.fails;
import static io.bluetick.client.store.Fixture.filesThatHold;
import static io.bluetick.client.store.Fixture.said;
import static io.bluetick.client.store.Fixture.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.client.store.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionTest {
  private static final int PAGE = 4096;
  private static final String SECRET = "xylophone zebra";

  @TempDir Path folder;

  /** Where in the file messages lie, counted from zero. */
  private List<Integer> messagePages = List.of();

  @Test
  void no_file_holds_what_was_stored_open_or_closed() throws IOException {
    try (Database database = Fixture.withMessages(folder, SECRET)) {
      assertThat(search(database, "xylo*")).containsExactly(SECRET);
      assertThat(folder.resolve("bluetick.db-wal")).isNotEmptyFile();
      assertNothingIsReadable();
      database.script("PRAGMA wal_checkpoint(TRUNCATE)");
      say(database, SECRET);
      assertNothingIsReadable();
    }
    assertThat(folder.resolve("bluetick.db")).isNotEmptyFile();
    assertNothingIsReadable();
  }

  /** Else the test above proves nothing. */
  @Test
  void a_file_that_is_not_encrypted_would_be_noticed() throws IOException {
    Files.writeString(folder.resolve("plain"), "SQLite format 3 .. " + SECRET);
    assertThat(filesThatHold(folder, "xylophone")).hasSize(1);
  }

  @Test
  void another_key_opens_nothing_and_harms_nothing() {
    Fixture.withMessages(folder, SECRET).close();
    DatabaseKey other = DatabaseKey.generate(new SecureRandom());
    fails(
        Kind.WRONG_KEY, () -> Database.open(folder.resolve("bluetick.db"), other, List.of(SCHEMA)));
    try (Database database = Fixture.open(folder)) {
      assertThat(said(database)).containsExactly(SECRET);
    }
  }

  @Test
  void an_altered_page_is_noticed() throws IOException {
    Path file = manyPages();
    byte[] whole = Files.readAllBytes(file);
    whole[messagePages.getFirst() * PAGE + 1000] ^= 1;
    Files.write(file, whole);
    fails(Kind.CORRUPT, this::readAll);
    whole[messagePages.getFirst() * PAGE + 1000] ^= 1;
    Files.write(file, whole);
    readAll();
  }

  @Test
  void a_page_in_the_place_of_another_is_noticed() throws IOException {
    Path file = manyPages();
    byte[] whole = Files.readAllBytes(file);
    System.arraycopy(
        whole, messagePages.getFirst() * PAGE, whole, messagePages.getLast() * PAGE, PAGE);
    Files.write(file, whole);
    fails(Kind.CORRUPT, this::readAll);
  }

  @Test
  void an_altered_first_page_looks_like_another_key() throws IOException {
    Path file = manyPages();
    byte[] whole = Files.readAllBytes(file);
    whole[1000] ^= 1;
    Files.write(file, whole);
    fails(Kind.WRONG_KEY, this::readAll);
  }

  @Test
  void what_is_no_database_is_not_taken_for_an_empty_one() throws IOException {
    Files.write(folder.resolve("bluetick.db"), new byte[PAGE]);
    fails(Kind.WRONG_KEY, () -> Fixture.open(folder).close());
  }

  @Test
  void the_same_text_twice_gives_no_page_twice() throws IOException {
    Path file = manyPages();
    byte[] whole = Files.readAllBytes(file);
    List<ByteBuffer> pages =
        IntStream.range(0, whole.length / PAGE)
            .mapToObj(i -> ByteBuffer.wrap(Arrays.copyOfRange(whole, i * PAGE, (i + 1) * PAGE)))
            .toList();
    assertThat(pages).hasSizeGreaterThan(20).doesNotHaveDuplicates();
  }

  @Test
  void files_belong_to_their_owner_alone() throws IOException {
    try (Database database = Fixture.withMessages(folder, SECRET)) {
      database.version();
      for (String name : List.of("bluetick.db", "bluetick.db-wal", "bluetick.db-shm")) {
        var permissions = Files.getPosixFilePermissions(folder.resolve(name));
        assertThat(PosixFilePermissions.toString(permissions)).as(name).isEqualTo("rw-------");
      }
    }
  }

  @Test
  void a_folder_may_have_any_name() throws IOException {
    Path odd = Files.createDirectory(folder.resolve("b\u00fccher & 100% ?cache_size=1 #"));
    Fixture.withMessages(odd, SECRET).close();
    try (Database database = Fixture.open(odd)) {
      assertThat(said(database)).containsExactly(SECRET);
    }
    assertThat(odd.resolve("bluetick.db")).isNotEmptyFile();
  }

  private void assertNothingIsReadable() throws IOException {
    for (String plain :
        List.of("xylophone", "zebra", "SQLite format", "CREATE TABLE", "messages")) {
      assertThat(filesThatHold(folder, plain)).as(plain).isEmpty();
    }
  }

  private Path manyPages() {
    try (Database database = Fixture.withMessages(folder)) {
      database.transaction(() -> {
        for (int i = 0; i < 500; i++) {
          say(database, "the same long text ".repeat(20));
        }
      });
      messagePages =
          database.all(
              "SELECT pageno - 1 FROM dbstat WHERE name = 'messages' AND pagetype = 'leaf'",
              row -> row.integer(1));
    }
    return folder.resolve("bluetick.db");
  }

  private void readAll() {
    try (Database database = Fixture.open(folder)) {
      said(database);
      search(database, "same");
    }
  }

  private static List<String> search(Queries database, String words) {
    return database.all("SELECT text FROM found WHERE found MATCH ?", row -> row.text(1), words);
  }
}
