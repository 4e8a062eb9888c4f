package io.bluetick.message.people;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;

/** The user service does not answer, or not what it should. */
public final class PeopleAwayException extends BluetickException {
  private static final long serialVersionUID = 1L;

  PeopleAwayException(Throwable cause) {
    super(ErrorCode.UNAVAILABLE, "The user service does not answer; try again later.", cause);
  }
}
