package io.bluetick.client.store;

import java.io.IOException;

/** What is read is not what a backup's writer wrote. */
final class DamagedBackupException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedBackupException(String what) {
    super(what);
  }
}
