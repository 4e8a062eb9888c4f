package io.bluetick.session.secret;

/** The master key is not the one that the database was filled with. */
final class WrongMasterKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongMasterKeyException(String message) {
    super(message + " (BLUETICK_MASTER_KEY)");
  }
}
