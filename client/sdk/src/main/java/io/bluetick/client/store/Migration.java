package io.bluetick.client.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * One step from a version of the schema to the next. One that has run anywhere is never changed.
 *
 * @param version that it leads to; the first leads to 1, each other to the one after its
 *     predecessor's
 * @param steps run in a transaction of their own, while foreign keys are not enforced; that they
 *     hold is checked before it is committed
 */
public record Migration(int version, Consumer<Database> steps) {

  /** A script of SQL: any number of statements. */
  public static Migration ofSql(int version, String script) {
    return new Migration(version, database -> database.script(script));
  }

  /** A script that lies beside a class. */
  public static Migration ofResource(int version, Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no " + name + " beside " + beside);
      }
      return ofSql(version, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }
}
