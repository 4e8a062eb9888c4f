package io.bluetick.testkit.backend;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A module's own database. The other backends make a namespace on first use; this one does not. */
final class PostgresNamespace {

  private PostgresNamespace() {}

  static void create(Map<String, String> settings) throws IOException {
    String server = "jdbc:postgresql://" + settings.get("BLUETICK_POSTGRES") + "/bluetick";
    try (Connection connection =
            DriverManager.getConnection(
                server,
                settings.get("BLUETICK_POSTGRES_USER"),
                settings.get("BLUETICK_POSTGRES_PASSWORD"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + settings.get("BLUETICK_POSTGRES_DATABASE"));
    } catch (SQLException e) {
      throw new IOException("no database for these tests: " + e.getMessage(), e);
    }
  }
}
