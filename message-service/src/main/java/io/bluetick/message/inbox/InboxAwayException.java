package io.bluetick.message.inbox;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;

/**
 * Cassandra does not answer, or too few of its nodes: whether what was asked is done is unknown.
 */
public final class InboxAwayException extends BluetickException {
  private static final long serialVersionUID = 1L;

  InboxAwayException(Throwable cause) {
    super(ErrorCode.UNAVAILABLE, "The inbox does not answer; try again later.", cause);
  }
}
