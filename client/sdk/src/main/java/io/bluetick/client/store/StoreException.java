package io.bluetick.client.store;

import org.jspecify.annotations.Nullable;

/** The store cannot do what was asked of it. Its message names no value that was stored. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, as far as somebody could do something about it. */
  public enum Kind {
    /** No room on the disk. The transaction is undone; the store works again once there is room. */
    FULL,
    /** Not the database's key, or the file's first page was altered: the two look alike. */
    WRONG_KEY,
    /** Another process, or another opening in this one, holds the profile or the database. */
    IN_USE,
    /** What lies on the disk is not what was written. */
    CORRUPT,
    /** Written by a newer version than this one. */
    NEWER,
    /** A row that the schema forbids, or that is too large: the same one can never be stored. */
    UNSTORABLE,
    /** A wrong statement, a disk that fails. */
    OTHER
  }

  private final Kind kind;

  StoreException(Kind kind, String message) {
    this(kind, message, null);
  }

  StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
