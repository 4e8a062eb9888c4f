package io.bluetick.directory;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;

/** The directory, or who fills it, does not answer: whether what was asked is done is unknown. */
public final class DirectoryAwayException extends BluetickException {
  private static final long serialVersionUID = 1L;

  DirectoryAwayException(Throwable cause) {
    super(
        ErrorCode.UNAVAILABLE,
        "The directory of sessions does not answer; try again later.",
        cause);
  }
}
