package io.bluetick.client.store;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqlite.mc.SQLiteMCChacha20Config;
import org.sqlite.mc.SQLiteMCConfig;

/**
 * One connection to an encrypted SQLite file, for one thread at a time: a second thread in it is a
 * defect and is told so.
 *
 * <h2>Encryption</h2>
 *
 * ChaCha20-Poly1305 for each page, in the file and in the log alike, with a nonce of its own and
 * bound to its number. Who alters a page is noticed when it is read; who puts back an older state
 * of the file or of a page, or cuts the log, is not. Temporary tables stay in memory.
 *
 * <h2>Failures in a transaction</h2>
 *
 * After a full disk and its like SQLite may have undone the transaction by itself, and each
 * statement that followed would be a transaction of its own. So such a failure is remembered: until
 * the transaction ends each further statement fails with it, whoever swallowed it, and the end is a
 * rollback.
 */
final class SqliteLink implements AutoCloseable {
  /** Only our own connections compete, for moments; a profile is held by one process. */
  private static final int BUSY_MS = 5_000;

  /** Whether a connection may write. One that may not never moves the log into the file either. */
  enum Access {
    WRITE,
    READ
  }

  private final Path file;
  private final Connection connection;
  private final StatementCache statements;
  private final ReentrantLock inUse = new ReentrantLock();

  private boolean inTransaction;
  private @Nullable StoreException lost;
  private boolean closed;

  private SqliteLink(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
    this.statements = new StatementCache(connection);
  }

  static SqliteLink open(Path file, DatabaseKey key, Access access) {
    NativeDriver.prepare();
    SQLiteMCConfig config = new SQLiteMCChacha20Config().withRawUnsaltedKey(key.bytes()).build();
    config.setReadOnly(access == Access.READ);
    config.setBusyTimeout(BUSY_MS);
    try {
      // As a URI, because the driver takes what follows a question mark in a path for settings.
      return new SqliteLink(file, config.createConnection("jdbc:sqlite:" + file.toUri()));
    } catch (SQLException e) {
      throw Faults.of(e, file);
    }
  }

  int run(String sql, @Nullable Object... values) {
    return prepared(sql, values, PreparedStatement::executeUpdate);
  }

  <R> Optional<R> first(String sql, RowReader<R> reader, @Nullable Object... values) {
    return answer(
        sql,
        values,
        rows -> rows.next() ? Optional.of(reader.read(new Row(rows))) : Optional.empty());
  }

  <R> List<R> all(String sql, RowReader<R> reader, @Nullable Object... values) {
    List<R> all = new ArrayList<>();
    each(sql, row -> all.add(reader.read(row)), values);
    return all;
  }

  void each(String sql, Consumer<Row> seen, @Nullable Object... values) {
    answer(
        sql,
        values,
        rows -> {
          Row row = new Row(rows);
          long shown = 0;
          while (rows.next()) {
            seen.accept(row);
            shown++;
          }
          return shown;
        });
  }

  /** Runs any number of statements that take no values; their answers are not looked at. */
  void script(String sql) {
    alone(() -> {
      continuing();
      try (Statement statement = connection.createStatement()) {
        return statement.executeUpdate(sql);
      } catch (SQLException e) {
        throw failed(e);
      }
    });
  }

  /** All of the work or nothing of it. */
  <R extends @Nullable Object> R transaction(String begin, Supplier<R> work) {
    return alone(() -> {
      if (inTransaction) {
        throw new IllegalStateException("a transaction within a transaction");
      }
      script(begin);
      inTransaction = true;
      boolean kept = false;
      try {
        R result = work.get();
        script("COMMIT");
        kept = true;
        return result;
      } finally {
        inTransaction = false;
        lost = null;
        if (!kept) {
          undo();
        }
      }
    });
  }

  /** All of the work or nothing of it, within a transaction that can go on without it. */
  <R extends @Nullable Object> R savepoint(Supplier<R> work) {
    return alone(() -> {
      if (!inTransaction) {
        throw new IllegalStateException("a savepoint outside of a transaction");
      }
      script("SAVEPOINT item");
      boolean kept = false;
      try {
        R result = work.get();
        script("RELEASE item");
        kept = true;
        return result;
      } finally {
        if (!kept && lost == null) {
          script("ROLLBACK TO item; RELEASE item");
        }
      }
    });
  }

  int cachedStatements() {
    return statements.size();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    alone(() -> {
      if (inTransaction) {
        throw new IllegalStateException("closed within a transaction");
      }
      closed = true;
      try (connection) {
        statements.close();
        return true;
      } catch (SQLException e) {
        throw failed(e);
      }
    });
  }

  private void undo() {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("ROLLBACK");
    } catch (SQLException _) {
      // SQLite has undone it already. Were it still open, the next BEGIN would say so.
    }
  }

  private <R> R answer(String sql, @Nullable Object[] values, Use<ResultSet, R> use) {
    return prepared(
        sql,
        values,
        statement -> {
          try (ResultSet rows = statement.executeQuery()) {
            return use.of(rows);
          }
        });
  }

  private <R> R prepared(String sql, @Nullable Object[] values, Use<PreparedStatement, R> use) {
    return alone(() -> {
      continuing();
      try {
        PreparedStatement statement = statements.take(sql);
        boolean sound = false;
        try {
          bind(statement, values);
          R result = use.of(statement);
          sound = true;
          return result;
        } finally {
          if (sound) {
            statements.giveBack(sql, statement);
          } else {
            statements.discard(statement);
          }
        }
      } catch (SQLException e) {
        throw failed(e);
      }
    });
  }

  private void continuing() {
    if (lost != null) {
      throw new StoreException(lost.kind(), "the transaction has failed already", lost);
    }
  }

  private StoreException failed(SQLException failure) {
    StoreException told = Faults.of(failure, file);
    if (inTransaction && !Faults.isOfStatement(failure)) {
      lost = told;
    }
    return told;
  }

  private <R extends @Nullable Object> R alone(Supplier<R> work) {
    if (!inUse.tryLock()) {
      throw new IllegalStateException("two threads in one connection");
    }
    try {
      if (closed) {
        throw new IllegalStateException("the database is closed");
      }
      return work.get();
    } finally {
      inUse.unlock();
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] values)
      throws SQLException {
    int places = statement.getParameterMetaData().getParameterCount();
    if (places != values.length) {
      throw new IllegalArgumentException(values.length + " values for " + places + " places");
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, bindable(values[i]));
    }
  }

  private static @Nullable Object bindable(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Long _, Integer _, Double _, String _, byte[] _ -> value;
      case ByteString bytes -> bytes.toByteArray();
      default -> throw new IllegalArgumentException("cannot store a " + value.getClass());
    };
  }

  /** What is done with something of JDBC's. */
  @FunctionalInterface
  private interface Use<T, R> {
    R of(T subject) throws SQLException;
  }
}
