package io.bluetick.testkit.backend;

import io.bluetick.testkit.RunningBackends;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Pages are rows; each use is a connection of its own. */
final class PostgresNotebook implements Notebook {

  private final RunningBackends settings;

  PostgresNotebook(RunningBackends settings) throws SQLException {
    this.settings = settings;
    try (Connection connection = connect();
        PreparedStatement create =
            connection.prepareStatement(
                "CREATE TABLE IF NOT EXISTS notebook (key text PRIMARY KEY, value text)")) {
      create.execute();
    }
  }

  @Override
  public void write(String key, String value) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO notebook (key, value) VALUES (?, ?)")) {
      insert.setString(1, key);
      insert.setString(2, value);
      insert.execute();
    }
  }

  @Override
  public Optional<String> read(String key) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement select =
            connection.prepareStatement("SELECT value FROM notebook WHERE key = ?")) {
      select.setString(1, key);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://"
            + settings.get("BLUETICK_POSTGRES")
            + "/"
            + settings.get("BLUETICK_POSTGRES_DATABASE"),
        settings.get("BLUETICK_POSTGRES_USER"),
        settings.get("BLUETICK_POSTGRES_PASSWORD"));
  }

  @Override
  public void close() {}
}
