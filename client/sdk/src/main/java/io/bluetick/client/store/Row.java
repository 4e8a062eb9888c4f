package io.bluetick.client.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One row of an answer. Columns count from 1, as SQL counts them.
 *
 * <p>SQLite would make a number of any text; here a column of another type, or a null where none is
 * expected, is a defect and throws {@link IllegalStateException}.
 */
public final class Row {
  private final ResultSet rows;

  Row(ResultSet rows) {
    this.rows = rows;
  }

  public String text(int column) {
    return present(column, textOrNull(column));
  }

  public @Nullable String textOrNull(int column) {
    return as(String.class, column);
  }

  public long number(int column) {
    return present(column, numberOrNull(column));
  }

  public @Nullable Long numberOrNull(int column) {
    Object value = value(column);
    // The driver hands over what fits as an Integer.
    return value instanceof Integer small ? Long.valueOf(small) : as(Long.class, column);
  }

  /** A number that fits an int; any other is a defect too. */
  public int integer(int column) {
    return present(column, integerOrNull(column));
  }

  public @Nullable Integer integerOrNull(int column) {
    return as(Integer.class, column);
  }

  public ByteString bytes(int column) {
    return present(column, bytesOrNull(column));
  }

  public @Nullable ByteString bytesOrNull(int column) {
    byte[] array = arrayOrNull(column);
    return array == null ? null : UnsafeByteOperations.unsafeWrap(array);
  }

  /** As {@link #bytes}, in an array of the caller's own. */
  public byte[] array(int column) {
    return present(column, arrayOrNull(column));
  }

  public byte @Nullable [] arrayOrNull(int column) {
    return as(byte[].class, column);
  }

  /** Whatever lies there: Integer, Long, Double, String, byte[] or null. */
  @Nullable Object value(int column) {
    try {
      return rows.getObject(column);
    } catch (SQLException e) {
      throw new IllegalStateException("no column " + column, e);
    }
  }

  private <T> @Nullable T as(Class<T> type, int column) {
    Object value = value(column);
    if (value != null && !type.isInstance(value)) {
      throw new IllegalStateException(
          "column %d holds a %s, not a %s"
              .formatted(column, value.getClass().getSimpleName(), type.getSimpleName()));
    }
    return type.cast(value);
  }

  private static <T> T present(int column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return value;
  }
}
