package io.bluetick.client.delivery;

/** More was asked of a client than may wait. Nothing of this was done; it may be asked again. */
public final class TooBusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooBusyException() {
    super("more than " + Loop.ASK_LIMIT + " questions wait for the client");
  }
}
