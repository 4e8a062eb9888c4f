package io.bluetick.client.store;

import io.bluetick.client.store.Stretching.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Encrypted copies of chosen tables, each a file named by its time.
 *
 * <p>Whoever calls chooses what people want back: messages, chats, contacts. Never keys, sessions
 * or whatever else a conversation uses up: an old ratchet that comes to life again encrypts two
 * messages with one key.
 */
public final class Backups {
  /** The newest; older ones are deleted when one more is there. */
  public static final int KEPT = 7;

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'bluetick-'uuuuMMdd'T'HHmmssSSS'Z.backup'")
          .withZone(ZoneOffset.UTC);
  private static final Pattern NAMED = Pattern.compile("bluetick-\\d{8}T\\d{9}Z\\.backup");

  private final Path folder;
  private final Clock clock;
  private final Cost cost;

  Backups(Path folder, Clock clock) {
    this(folder, clock, Cost.USUAL);
  }

  Backups(Path folder, Clock clock, Cost cost) {
    this.folder = folder;
    this.clock = clock;
    this.cost = cost;
  }

  /**
   * Copies the tables as they are at one moment, while the database goes on; from any thread.
   *
   * @param tables with a primary key each, which means the same on every device
   * @return the file, which was read back and compared, and is on the disk
   */
  public synchronized Path write(Database database, List<String> tables, char[] passphrase) {
    Path file = fresh();
    try (DatabaseReader reader = database.reader()) {
      reader.snapshot(() -> {
        new BackupFile(file).write(reader, tables, passphrase, cost);
        return file;
      });
    }
    list().stream().filter(older -> !older.equals(file)).skip(KEPT - 1).forEach(Backups::delete);
    return file;
  }

  /** The newest first. */
  public List<Path> list() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> NAMED.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.comparing(Path::getFileName).reversed())
          .toList();
    } catch (IOException e) {
      throw Faults.of(e, folder);
    }
  }

  /**
   * Adds the rows of a backup that the database does not have. It is read to its end before
   * anything is changed, and added as a whole or not at all. Doing it again adds nothing.
   *
   * @param tables that may be restored; others in the file are left out. Each exists.
   * @param completion runs in the same transaction, after the rows: it builds the index for
   *     searches anew, which is no table of its own and in no backup
   */
  public static Restoration restore(
      Path file, Database database, List<String> tables, char[] passphrase, Runnable completion) {
    return new BackupFile(file).restore(database, tables, passphrase, completion);
  }

  /** Two in one millisecond, or a clock that was set back, must not replace one another. */
  private Path fresh() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Path file = folder.resolve(NAME.format(now));
    while (Files.exists(file)) {
      now = now.plusMillis(1);
      file = folder.resolve(NAME.format(now));
    }
    return file;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw Faults.of(e, file);
    }
  }
}
