package io.bluetick.client.store;

/** Makes something of a row, which is valid only while this runs. */
@FunctionalInterface
public interface RowReader<R> {
  R read(Row row);
}
