package io.bluetick.client.store;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table's columns, those left out that SQLite computes.
 *
 * @param keys the columns of its primary key; by them rows are known to exist already
 */
record TableShape(String name, List<String> columns, List<String> keys) {

  /**
   * The shape of a table as it is now.
   *
   * @throws IllegalArgumentException if there is no ordinary table of that name with a primary key
   */
  static TableShape of(Queries database, String table) {
    String type =
        database
            .first(
                "SELECT type FROM pragma_table_list(?) WHERE schema = 'main'",
                row -> row.text(1),
                table)
            .orElse("nothing");
    TableShape shape =
        new TableShape(
            table,
            database.all(
                "SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid",
                row -> row.text(1),
                table),
            database.all(
                "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk",
                row -> row.text(1),
                table));
    if (!type.equals("table") || shape.keys().isEmpty()) {
      throw new IllegalArgumentException(
          "only a table with a primary key can be restored, and " + table + " is none");
    }
    return shape;
  }

  String selection() {
    return "SELECT " + quoted(columns) + " FROM " + quoted(name);
  }

  /** Leaves a row alone whose key, or whatever else must be unique, is there. */
  static String insertion(String table, List<String> columns) {
    String places = columns.stream().map(_ -> "?").collect(Collectors.joining(", "));
    return "INSERT INTO %s (%s) VALUES (%s) ON CONFLICT DO NOTHING"
        .formatted(quoted(table), quoted(columns), places);
  }

  private static String quoted(List<String> names) {
    return names.stream().map(TableShape::quoted).collect(Collectors.joining(", "));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
