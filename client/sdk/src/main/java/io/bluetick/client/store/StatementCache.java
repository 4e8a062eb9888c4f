package io.bluetick.client.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Statements of one connection that were prepared and wait for being used again. One in use is not
 * in here, so a question asked while the rows of the same question are read gets another.
 */
final class StatementCache {
  /** More than the store has kinds of statements that matter; the least used goes first. */
  static final int LIMIT = 128;

  private final Connection connection;
  private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

  StatementCache(Connection connection) {
    this.connection = connection;
  }

  PreparedStatement take(String sql) throws SQLException {
    PreparedStatement known = idle.remove(sql);
    return known == null ? connection.prepareStatement(sql) : known;
  }

  /** Takes back what did not fail. It forgets its values, which may be large. */
  void giveBack(String sql, PreparedStatement used) throws SQLException {
    used.clearParameters();
    Deque<PreparedStatement> surplus = new ArrayDeque<>();
    PreparedStatement twin = idle.put(sql, used);
    if (twin != null) {
      surplus.add(twin);
    }
    if (idle.size() > LIMIT) {
      Iterator<PreparedStatement> eldest = idle.values().iterator();
      surplus.add(eldest.next());
      eldest.remove();
    }
    for (PreparedStatement statement : surplus) {
      statement.close();
    }
  }

  /** Closes one that failed, which reports its failure once more. */
  void discard(PreparedStatement failed) {
    try {
      failed.close();
    } catch (SQLException _) {
      // The failure that it repeats is on its way to the caller.
    }
  }

  int size() {
    return idle.size();
  }

  void close() throws SQLException {
    for (PreparedStatement statement : idle.values()) {
      statement.close();
    }
    idle.clear();
  }
}
