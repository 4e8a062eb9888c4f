package io.bluetick.client.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Questions to a database. Values take the places of the question marks and are Long, Integer,
 * Double, String, byte[], {@link com.google.protobuf.ByteString} or null; they are never part of
 * the SQL, which is a constant.
 */
public sealed interface Queries permits Database, DatabaseReader {

  /** The first row; those after it are not looked at. */
  <R> Optional<R> first(String sql, RowReader<R> reader, @Nullable Object... values);

  /** All rows, in memory: the SQL has a limit, or the table is known to be small. */
  <R> List<R> all(String sql, RowReader<R> reader, @Nullable Object... values);

  /** Shows one row after the other, each valid only while it is shown. */
  void each(String sql, Consumer<Row> seen, @Nullable Object... values);
}
