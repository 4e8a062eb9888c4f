package io.bluetick.message.quarantine;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;

/** Kafka does not take or answer in time: whether what was asked is done is unknown. */
public final class CommandLogAwayException extends BluetickException {
  private static final long serialVersionUID = 1L;

  CommandLogAwayException(String message) {
    super(ErrorCode.UNAVAILABLE, message);
  }

  CommandLogAwayException(Throwable cause) {
    super(ErrorCode.UNAVAILABLE, "The command log does not answer; try again later.", cause);
  }
}
