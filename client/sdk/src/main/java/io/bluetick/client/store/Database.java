package io.bluetick.client.store;

import io.bluetick.client.store.SqliteLink.Access;
import io.bluetick.client.store.StoreException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The encrypted database, for one thread at a time; a second one reads beside it by a {@link
 * #reader}. What a transaction did is on the disk when it returns.
 *
 * <p>The schema is not trusted, so triggers and views cannot touch an FTS5 table: whoever writes
 * what is searched writes its index in the same transaction.
 *
 * <p>Every method fails with {@link StoreException} and, for defects of its caller, {@link
 * IllegalStateException} or {@link IllegalArgumentException}.
 */
public final class Database implements Queries, AutoCloseable {
  /** Pages of 4 KiB after which the log goes into the file. */
  static final int LOG_PAGES = 1_000;

  /** To what the log's file is cut again after a long reader let it grow. */
  static final int LOG_KEPT_BYTES = 16 << 20;

  /** Of decrypted pages, for each connection. */
  static final int CACHE_KIB = 8 << 10;

  /** Pragmas of every connection. */
  static final String COMMON =
      """
      PRAGMA temp_store = MEMORY;
      PRAGMA trusted_schema = OFF;
      PRAGMA cell_size_check = ON;
      PRAGMA cache_size = -%d;
      """
          .formatted(CACHE_KIB);

  /** Without fullfsync a Mac says that something is on the disk when it is on its way. */
  private static final String WRITING =
      """
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA fullfsync = ON;
      PRAGMA checkpoint_fullfsync = ON;
      PRAGMA secure_delete = ON;
      PRAGMA wal_autocheckpoint = %d;
      PRAGMA journal_size_limit = %d;
      """
          .formatted(LOG_PAGES, LOG_KEPT_BYTES);

  private final Path file;
  private final DatabaseKey key;
  private final SqliteLink link;

  private Database(Path file, DatabaseKey key, SqliteLink link) {
    this.file = file;
    this.key = key;
    this.link = link;
  }

  /**
   * Opens the file, creates it if there is none, and brings it to the version of the last
   * migration.
   *
   * @throws StoreException {@link Kind#WRONG_KEY}; {@link Kind#NEWER} if it is of a version that no
   *     migration leads to
   */
  public static Database open(Path file, DatabaseKey key, List<Migration> migrations) {
    try {
      // The log and the index of the log get the permissions of the file.
      OwnerOnly.file(file);
    } catch (IOException e) {
      throw Faults.of(e, file);
    }
    SqliteLink link = SqliteLink.open(file, key, Access.WRITE);
    boolean opened = false;
    try {
      link.script(COMMON);
      link.script(WRITING);
      Database database = new Database(file, key, link);
      database.migrate(migrations);
      link.script("PRAGMA foreign_keys = ON");
      opened = true;
      return database;
    } finally {
      if (!opened) {
        link.close();
      }
    }
  }

  /** Another connection that sees what was committed. The caller closes it, before this one. */
  public DatabaseReader reader() {
    return DatabaseReader.open(file, key);
  }

  /**
   * All of the work or, whatever it throws, nothing of it.
   *
   * @throws IllegalStateException within another transaction
   */
  public <R extends @Nullable Object> R transaction(Supplier<R> work) {
    return link.transaction("BEGIN IMMEDIATE", work);
  }

  public void transaction(Runnable work) {
    transaction(() -> nothing(work));
  }

  /**
   * All of the work or nothing of it, within a transaction that goes on if the caller catches what
   * it threw. After a fault that is not the item's own, as a full disk, nothing goes on: then the
   * transaction fails too, even if the caller catches it.
   */
  public <R extends @Nullable Object> R savepoint(Supplier<R> work) {
    return link.savepoint(work);
  }

  public void savepoint(Runnable work) {
    savepoint(() -> nothing(work));
  }

  /** Runs a statement that answers no rows, and tells how many it inserted, changed or deleted. */
  public int run(String sql, @Nullable Object... values) {
    return link.run(sql, values);
  }

  /**
   * Inserts one row and tells its rowid.
   *
   * @throws IllegalStateException if it inserted none; what may, is {@link #run}
   */
  public long insert(String sql, @Nullable Object... values) {
    if (link.run(sql, values) != 1) {
      throw new IllegalStateException("not one row was inserted");
    }
    return link.first("SELECT last_insert_rowid()", row -> row.number(1)).orElseThrow();
  }

  @Override
  public <R> Optional<R> first(String sql, RowReader<R> reader, @Nullable Object... values) {
    return link.first(sql, reader, values);
  }

  @Override
  public <R> List<R> all(String sql, RowReader<R> reader, @Nullable Object... values) {
    return link.all(sql, reader, values);
  }

  @Override
  public void each(String sql, Consumer<Row> seen, @Nullable Object... values) {
    link.each(sql, seen, values);
  }

  @Override
  public void close() {
    link.close();
  }

  /** The version of the schema: of the last migration that ran. */
  int version() {
    return link.first("PRAGMA user_version", row -> row.integer(1)).orElseThrow();
  }

  void script(String sql) {
    link.script(sql);
  }

  int cachedStatements() {
    return link.cachedStatements();
  }

  private void migrate(List<Migration> migrations) {
    for (int i = 0; i < migrations.size(); i++) {
      if (migrations.get(i).version() != i + 1) {
        throw new IllegalArgumentException("migrations are numbered from 1, without gaps");
      }
    }
    int present = version();
    if (present > migrations.size()) {
      throw new StoreException(
          Kind.NEWER, "a database of version " + present + ", known are " + migrations.size());
    }
    // Else a table that is dropped, to be made anew, would take its children's rows along.
    script("PRAGMA foreign_keys = OFF");
    migrations.subList(present, migrations.size()).forEach(this::migrate);
  }

  private void migrate(Migration migration) {
    transaction(() -> {
      migration.steps().accept(this);
      if (first("PRAGMA foreign_key_check", row -> row.text(1)).isPresent()) {
        throw new IllegalStateException(
            "migration " + migration.version() + " leaves rows that refer to nothing");
      }
      script("PRAGMA user_version = " + migration.version());
    });
  }

  private static boolean nothing(Runnable work) {
    work.run();
    return true;
  }
}
