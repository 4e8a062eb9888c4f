package io.bluetick.message.quarantine;

import io.bluetick.message.mailbox.Effect;
import java.util.concurrent.CompletionStage;

/** Where commands go that failed. Any thread may call it; none waits. */
public interface Quarantine {

  /**
   * Completes when it is durable: it is tried until it is. May be put again when the log is read
   * again; it is listed once.
   *
   * <p>Fails only with {@link CommandLogAwayException}, at once, when too many wait already or the
   * service ends: then it was not taken, and the owner of the partition must not commit past it.
   *
   * @param partition of the mailbox topic
   */
  CompletionStage<Void> put(int partition, Effect.Quarantine failed);
}
