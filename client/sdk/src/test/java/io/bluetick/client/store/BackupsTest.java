package io.bluetick.client.store;

import static io.bluetick.client.store.Fixture.CHAT;
import static io.bluetick.client.store.Fixture.CHEAP;
import static io.bluetick.client.store.Fixture.KEY;
import static io.bluetick.client.store.Fixture.REINDEX;
import static io.bluetick.client.store.Fixture.SCHEMA;
import static io.bluetick.client.store.Fixture.fails;
import static io.bluetick.client.store.Fixture.filesThatHold;
import static io.bluetick.client.store.Fixture.said;
import static io.bluetick.client.store.Fixture.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bluetick.client.store.Restoration.Damaged;
import io.bluetick.client.store.Restoration.Newer;
import io.bluetick.client.store.Restoration.Restored;
import io.bluetick.client.store.Restoration.WrongPassphrase;
import io.bluetick.client.store.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
  private static final List<String> TABLES = List.of("messages", "chats");
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123Z");
  private static final int HEAD = 54;
  private static final int PIECE = (64 << 10) + 16;

  @TempDir Path folder;
  private Path old;
  private Database database;
  private Database other;

  @BeforeEach
  void open() throws IOException {
    old = Files.createDirectory(folder.resolve("old"));
    database = Fixture.withMessages(old, "xylophone", "zebra");
    other = Fixture.open(Files.createDirectory(folder.resolve("new")));
  }

  @AfterEach
  void close() {
    other.close();
    database.close();
  }

  @Test
  void all_rows_come_back_and_are_found_again() {
    database.run(
        "INSERT INTO messages (chat, weight, sealed) VALUES (?, 0.5, ?)", CHAT, new byte[] {0, 9});
    assertThat(restore(write())).isEqualTo(added(3, 1));
    String all = "SELECT id, chat, text, weight, sealed, length FROM messages ORDER BY id";
    assertThat(values(other, all)).isEqualTo(values(database, all)).hasSize(3);
    assertThat(values(other, "SELECT text FROM found WHERE found MATCH 'zeb*'")).hasSize(1);
  }

  @Test
  void restoring_again_adds_nothing() {
    Path file = write();
    assertThat(restore(file)).isEqualTo(added(2, 1));
    assertThat(restore(file)).isEqualTo(added(0, 0));
    assertThat(said(other)).containsExactly("xylophone", "zebra");
  }

  @Test
  void rows_that_are_there_are_left_alone() {
    other.run("INSERT INTO chats VALUES (?, 'newer title')", CHAT);
    other.run("INSERT INTO messages (id, chat, text) VALUES (2, ?, 'edited')", CHAT);
    assertThat(restore(write())).isEqualTo(added(1, 0));
    assertThat(said(other)).containsExactly("xylophone", "edited");
    assertThat(values(other, "SELECT title FROM chats")).containsExactly("[newer title]");
  }

  @Test
  void only_what_was_asked_for_is_in_it_and_comes_out() {
    assertThat(Backups.restore(write(), other, List.of("chats"), chars("pass"), () -> {}))
        .isEqualTo(new Restored(Map.of("chats", 1L)));
    assertThat(said(other)).isEmpty();
    Path chats = backups(NOON.plusSeconds(9)).write(database, List.of("chats"), chars("pass"));
    assertThat(restore(chats)).isEqualTo(added(0, 0));
  }

  @Test
  void nothing_of_it_can_be_read() throws IOException {
    Path backups = folder("Backups");
    write();
    for (String plain : List.of("xylophone", "zebra", "messages", "a chat")) {
      assertThat(filesThatHold(backups, plain)).as(plain).isEmpty();
    }
  }

  @Test
  void another_passphrase_changes_nothing() {
    assertThat(Backups.restore(write(), other, TABLES, chars("wrong"), () -> {}))
        .isEqualTo(new WrongPassphrase());
    assertThat(values(other, "SELECT * FROM chats")).isEmpty();
  }

  @Test
  void a_backup_that_was_cut_off_is_damaged_wherever_it_was() throws IOException {
    Path file = large();
    byte[] whole = Files.readAllBytes(file);
    for (int length :
        List.of(
            0,
            10,
            HEAD - 1,
            HEAD,
            HEAD + 20,
            HEAD + PIECE,
            HEAD + 2 * PIECE,
            HEAD + 2 * PIECE + 30,
            whole.length - 1)) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertDamaged(file, "cut to " + length);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertDamaged(file, "a byte more");
  }

  @Test
  void an_altered_backup_is_never_restored() throws IOException {
    Path file = write();
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] altered = whole.clone();
      altered[at] ^= 1;
      Files.write(file, altered);
      assertThat(restore(file)).as("byte %d", at).isNotInstanceOf(Restored.class);
    }
    assertThat(values(other, "SELECT * FROM chats")).isEmpty();
    Files.write(file, whole);
    assertThat(restore(file)).isEqualTo(added(2, 1));
  }

  @Test
  void pieces_have_their_places() throws IOException {
    Path file = large();
    byte[] whole = Files.readAllBytes(file);
    int first = HEAD;
    int second = HEAD + PIECE;
    byte[] swapped = whole.clone();
    System.arraycopy(whole, first, swapped, second, PIECE);
    System.arraycopy(whole, second, swapped, first, PIECE);
    Files.write(file, swapped);
    assertDamaged(file, "swapped");
    Files.write(file, joined(whole, 0, second, second + PIECE, whole.length));
    assertDamaged(file, "one left out");
    Files.write(file, joined(whole, 0, second, first, whole.length));
    assertDamaged(file, "one twice");
  }

  @Test
  void a_piece_of_another_backup_does_not_fit() throws IOException {
    Path file = large();
    byte[] one = Files.readAllBytes(file);
    byte[] another =
        Files.readAllBytes(backups(NOON.plusSeconds(1)).write(database, TABLES, chars("pass")));
    System.arraycopy(another, HEAD, one, HEAD, PIECE);
    Files.write(file, one);
    assertDamaged(file, "mixed");
  }

  @Test
  void a_backup_of_a_newer_schema_or_format_is_left_for_a_newer_version() throws IOException {
    database.script("PRAGMA user_version = 2");
    Path file = write();
    assertThat(restore(file)).isEqualTo(new Newer());
    byte[] format = Files.readAllBytes(file);
    format[8] = 2;
    Files.write(file, format);
    assertThat(restore(file)).isEqualTo(new Newer());
    database.script("PRAGMA user_version = 1");
  }

  @Test
  void columns_are_matched_by_name() throws IOException {
    Path file = write();
    Migration changed =
        Migration.ofSql(
            2,
            """
            ALTER TABLE messages DROP COLUMN weight;
            ALTER TABLE messages ADD COLUMN starred INTEGER NOT NULL DEFAULT 7;
            """);
    Path later = Files.createDirectory(folder.resolve("later"));
    try (Database grown =
        Database.open(later.resolve("bluetick.db"), KEY, List.of(SCHEMA, changed))) {
      assertThat(Backups.restore(file, grown, TABLES, chars("pass"), () -> {}))
          .isEqualTo(added(2, 1));
      assertThat(values(grown, "SELECT text, starred FROM messages"))
          .containsExactly("[xylophone, 7]", "[zebra, 7]");
    }
  }

  @Test
  void what_does_not_fit_changes_nothing() {
    database.script("PRAGMA foreign_keys = OFF");
    database.run("INSERT INTO messages (chat, text) VALUES (?, 'orphan')", new byte[] {7});
    Path file = write();
    fails(Kind.UNSTORABLE, () -> restore(file));
    assertThat(values(other, "SELECT * FROM chats")).isEmpty();
    assertThat(said(other)).isEmpty();
  }

  @Test
  void what_cannot_be_completed_changes_nothing() {
    Path file = write();
    fails(
        Kind.OTHER,
        () ->
            Backups.restore(
                file, other, TABLES, chars("pass"), () -> other.run("INSERT INTO nothing")));
    assertThat(said(other)).isEmpty();
  }

  @Test
  void a_full_disk_changes_nothing() {
    Path file = large();
    other.script("PRAGMA max_page_count = 40");
    fails(Kind.FULL, () -> restore(file));
    assertThat(values(other, "SELECT * FROM chats")).isEmpty();
  }

  @Test
  void only_tables_with_a_key_can_be_backed_up() {
    database.run("CREATE TABLE keyless (a)");
    for (String table : List.of("keyless", "found", "nothing", "messages; DROP TABLE chats")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backups(NOON).write(database, List.of(table), chars("pass")));
    }
    assertThat(backups(NOON).list()).isEmpty();
    assertThat(folder.resolve("Backups/backup.draft")).doesNotExist();
  }

  @Test
  void the_newest_are_kept_and_two_at_once_are_two() throws IOException {
    Path kept = Files.createFile(folder("Backups").resolve("my own.backup"));
    Path first = write();
    assertThat(first.getFileName()).hasToString("bluetick-20261121T120000123Z.backup");
    Path second = write();
    for (int i = 1; i < Backups.KEPT; i++) {
      backups(NOON.plus(Duration.ofDays(i))).write(database, TABLES, chars("pass"));
    }
    assertThat(backups(NOON).list()).hasSize(Backups.KEPT).contains(second).doesNotContain(first);
    assertThat(kept).exists();
  }

  @Test
  void a_clock_that_was_set_back_does_not_delete_the_backup_just_written() {
    for (int i = 1; i <= Backups.KEPT; i++) {
      backups(NOON.plus(Duration.ofDays(i))).write(database, TABLES, chars("pass"));
    }
    Path file = write();
    assertThat(file).exists();
    assertThat(backups(NOON).list()).hasSize(Backups.KEPT).contains(file);
  }

  @Test
  void a_backup_is_of_one_moment_while_the_writer_goes_on() {
    database.transaction(() -> {
      say(database, "not yet committed");
      assertThat(write()).exists();
    });
    assertThat(restore(backups(NOON).list().getFirst())).isEqualTo(added(2, 1));
  }

  @Test
  void chats_and_messages_that_were_added_together_are_in_it_together() {
    database.transaction(() -> {
      for (int i = 0; i < 3_000; i++) {
        say(database, "many");
      }
    });
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> addPairs(done::get));
    Path file;
    try {
      file = write();
    } finally {
      done.set(true);
    }
    writing.join();
    assertThat(restore(file)).isInstanceOf(Restored.class);
    long chats = other.first("SELECT count(*) FROM chats", row -> row.number(1)).orElseThrow();
    assertThat(said(other)).hasSize(3_002 + (int) chats - 1);
  }

  @Test
  void damage_is_noticed_before_the_database_is_touched() throws IOException {
    Path file = large();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    // A transaction of its own would be one within another.
    assertThat(other.transaction(() -> restore(file))).isEqualTo(new Damaged());
  }

  private void addPairs(BooleanSupplier enough) {
    for (int i = 0; !enough.getAsBoolean(); i++) {
      byte[] chat = ByteBuffer.allocate(4).putInt(i).array();
      database.transaction(() -> {
        database.run("INSERT INTO chats VALUES (?, 'another')", chat);
        database.run("INSERT INTO messages (chat, text) VALUES (?, 'hi')", chat);
      });
    }
  }

  private Path large() {
    database.transaction(() -> {
      for (int i = 0; i < 200; i++) {
        say(database, (i + " and so on ").repeat(100));
      }
    });
    Path file = write();
    assertThat(file.toFile().length()).isGreaterThan(HEAD + 3L * PIECE);
    return file;
  }

  private Path write() {
    return backups(NOON).write(database, TABLES, chars("pass"));
  }

  private Backups backups(Instant now) {
    return new Backups(folder("Backups"), Clock.fixed(now, ZoneOffset.UTC), CHEAP);
  }

  private Path folder(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Restoration restore(Path file) {
    return Backups.restore(file, other, TABLES, chars("pass"), () -> other.run(REINDEX));
  }

  private void assertDamaged(Path file, String how) {
    assertThat(restore(file))
        .as(how)
        .isIn(Stream.of(new Damaged(), new WrongPassphrase()).toList());
    if (file.toFile().length() >= HEAD) {
      assertThat(restore(file)).as(how).isEqualTo(new Damaged());
    }
    assertThat(values(other, "SELECT * FROM chats")).as(how).isEmpty();
  }

  private static Restored added(long messages, long chats) {
    return new Restored(Map.of("messages", messages, "chats", chats));
  }

  private static List<String> values(Queries database, String sql) {
    int columns = sql.startsWith("SELECT *") ? 1 : sql.split(" FROM ", 2)[0].split(",", -1).length;
    return database.all(
        sql,
        row ->
            Stream.iterate(1, i -> i + 1)
                .limit(columns)
                .map(row::value)
                .map(value -> value instanceof byte[] b ? Arrays.toString(b) : value + "")
                .toList()
                .toString());
  }

  private static byte[] joined(byte[] from, int start, int end, int again, int last) {
    return ByteBuffer.allocate(end - start + last - again)
        .put(from, start, end - start)
        .put(from, again, last - again)
        .array();
  }

  private static char[] chars(String text) {
    return text.toCharArray();
  }
}
