package io.bluetick.message.quarantine;

import io.bluetick.message.mailbox.Effect;
import java.util.concurrent.CompletionStage;

/** Where commands go that failed. Any thread may call it; none waits. */
public interface Quarantine {

  /**
   * Completes when it is durable: it is tried until it is. May be put again when the log is read
   * again; it is listed once.
   *
   * @param partition of the mailbox topic
   */
  CompletionStage<Void> put(int partition, Effect.Quarantine failed);
}
