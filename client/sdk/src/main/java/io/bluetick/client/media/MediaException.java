package io.bluetick.client.media;

import org.jspecify.annotations.Nullable;

/** A file cannot be sent or had. */
public final class MediaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** No file, or one that may not be read. */
    UNREADABLE,
    /** Longer than {@link Files#LIMIT_BYTES}. */
    TOO_LARGE,
    /** The message has none, it was shown once already, or the server has forgotten it. */
    GONE,
    /** What the server has is not what was sent. */
    DAMAGED,
    /** No room on the disk. */
    FULL,
    /** The server cannot be reached; later it may. */
    AWAY
  }

  private final Kind kind;

  MediaException(Kind kind, String message) {
    this(kind, message, null);
  }

  MediaException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
