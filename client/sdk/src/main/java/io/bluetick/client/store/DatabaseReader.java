package io.bluetick.client.store;

import io.bluetick.client.store.SqliteLink.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the database beside the one who writes it, who never waits for it. For one thread at a
 * time. Each question sees what was committed before it was asked.
 */
public final class DatabaseReader implements Queries, AutoCloseable {
  private final SqliteLink link;

  private DatabaseReader(SqliteLink link) {
    this.link = link;
  }

  static DatabaseReader open(Path file, DatabaseKey key) {
    SqliteLink link = SqliteLink.open(file, key, Access.READ);
    boolean opened = false;
    try {
      link.script(Database.COMMON);
      opened = true;
      return new DatabaseReader(link);
    } finally {
      if (!opened) {
        link.close();
      }
    }
  }

  /**
   * Lets several questions see the same state. The log grows as long as this lasts, so it does not
   * wait for people.
   */
  public <R extends @Nullable Object> R snapshot(Supplier<R> questions) {
    return link.transaction("BEGIN", questions);
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
}
