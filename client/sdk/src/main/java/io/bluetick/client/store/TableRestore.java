package io.bluetick.client.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts a backup's rows into a database, within its transaction. Tables that were not asked for and
 * columns that the database does not have are left out: a later schema has done away with them.
 */
final class TableRestore implements BackupRecords.Contents {
  private final Database database;
  private final Map<String, TableShape> wanted = new HashMap<>();
  private final Map<String, Long> added = new TreeMap<>();

  /** The present table; empty SQL: what comes is not wanted. */
  private String table = "";

  private String insertion = "";

  /** Where in a backup's row the values of the insertion are. */
  private List<Integer> places = List.of();

  TableRestore(Database database, List<String> tables) {
    this.database = database;
    tables.forEach(name -> wanted.put(name, TableShape.of(database, name)));
    tables.forEach(name -> added.put(name, 0L));
  }

  @Override
  public void table(String name, List<String> columns) {
    table = name;
    insertion = "";
    TableShape shape = wanted.get(name);
    if (shape == null) {
      return;
    }
    if (!columns.containsAll(shape.keys())) {
      throw new StoreException(
          StoreException.Kind.OTHER, "the backup does not have the key of " + name);
    }
    List<String> known = new ArrayList<>(columns);
    known.retainAll(shape.columns());
    places = known.stream().map(columns::indexOf).toList();
    insertion = TableShape.insertion(name, known);
  }

  @Override
  public void row(List<@Nullable Object> values) {
    if (insertion.isEmpty()) {
      return;
    }
    @Nullable Object[] bound = new @Nullable Object[places.size()];
    for (int i = 0; i < bound.length; i++) {
      bound[i] = values.get(places.get(i));
    }
    added.merge(table, (long) database.run(insertion, bound), Long::sum);
  }

  Map<String, Long> added() {
    return added;
  }
}
