package io.bluetick.client.store;

import io.bluetick.client.store.StoreException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import org.sqlite.SQLiteErrorCode;

/** What failures of SQLite and of the disk mean. */
final class Faults {
  /** With less than this left, a disk that failed to write is taken for a full one. */
  private static final long NO_ROOM_BYTES = 1 << 20;

  /** The primary code of SQLite is the lowest byte; the others say where it came from. */
  private static final int PRIMARY = 0xff;

  private Faults() {}

  static StoreException of(SQLException failure, Path file) {
    return new StoreException(kind(failure, file), "SQLite: " + failure.getMessage(), failure);
  }

  static StoreException of(IOException failure, Path file) {
    return new StoreException(
        isFull(file) ? Kind.FULL : Kind.OTHER, "cannot read or write " + file, failure);
  }

  static IOException cause(UncheckedIOException wrapped) {
    return Objects.requireNonNull(wrapped.getCause());
  }

  /**
   * Whether only the statement failed. After any other failure SQLite may have undone the whole
   * transaction already, so it must not go on: what follows would be committed one by one.
   */
  static boolean isOfStatement(SQLException failure) {
    return switch (code(failure)) {
      case SQLITE_ERROR,
          SQLITE_CONSTRAINT,
          SQLITE_MISMATCH,
          SQLITE_RANGE,
          SQLITE_TOOBIG,
          SQLITE_READONLY ->
          true;
      default -> false;
    };
  }

  private static Kind kind(SQLException failure, Path file) {
    return switch (code(failure)) {
      case SQLITE_FULL -> Kind.FULL;
      case SQLITE_NOTADB -> Kind.WRONG_KEY;
      case SQLITE_BUSY, SQLITE_LOCKED -> Kind.IN_USE;
      case SQLITE_CORRUPT -> Kind.CORRUPT;
      case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG -> Kind.UNSTORABLE;
      case SQLITE_IOERR, SQLITE_CANTOPEN -> isFull(file) ? Kind.FULL : Kind.OTHER;
      default -> Kind.OTHER;
    };
  }

  private static SQLiteErrorCode code(SQLException failure) {
    return SQLiteErrorCode.getErrorCode(failure.getErrorCode() & PRIMARY);
  }

  private static boolean isFull(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      return folder != null && Files.getFileStore(folder).getUsableSpace() < NO_ROOM_BYTES;
    } catch (IOException _) {
      // Whoever cannot tell how much room there is has another trouble than a full disk.
      return false;
    }
  }
}
