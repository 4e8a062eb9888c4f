package io.bluetick.bench.messages;

import java.io.IOException;

/** How far message-service is behind. */
interface Backlog {

  /** Records of the mailboxes' log that are not settled: neither done with nor in the inbox. */
  long records() throws IOException, InterruptedException;
}
