package io.bluetick.client.rest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * No answer of the server's came. Unless there was no connection, it may have done what it was
 * asked.
 */
public final class UnreachableException extends ApiException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** What came instead of an answer. */
  public enum Reason {
    /** No connection: nothing was sent. */
    NOT_CONNECTED,
    /** The connection broke, or the answer was longer than is read. */
    CUT_OFF,
    TIMED_OUT,
    /** Something else answered: a proxy, a portal, another server. */
    NOT_UNDERSTOOD,
    /** This thread was; it still is when this is thrown. */
    INTERRUPTED
  }

  UnreachableException(String operation, Reason reason, @Nullable Throwable cause) {
    super(operation, "unreachable, " + reason, null, cause);
    this.reason = reason;
  }

  /** An answer of this status that is none of the API's. */
  UnreachableException(String operation, int status, @Nullable Duration retryAfter) {
    super(
        operation, "unreachable, " + Reason.NOT_UNDERSTOOD + " (" + status + ")", retryAfter, null);
    this.reason = Reason.NOT_UNDERSTOOD;
  }

  public Reason reason() {
    return reason;
  }

  @Override
  public boolean isRetryable() {
    return reason != Reason.INTERRUPTED;
  }
}
