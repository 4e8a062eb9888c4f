package io.bluetick.message.inbox;

import io.bluetick.message.mailbox.Effect.Forget;
import io.bluetick.message.mailbox.Effect.Measure;
import io.bluetick.message.mailbox.Effect.Read;
import io.bluetick.message.mailbox.Effect.Rows;
import io.bluetick.message.mailbox.Outcome.Measured;
import io.bluetick.message.mailbox.Outcome.Page;
import io.bluetick.protocol.AccountId;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The rows that wait for devices. Any thread may call it; none waits. Every operation may be
 * repeated; it fails with {@link InboxAwayException} and nothing else, and may have been obeyed all
 * the same.
 *
 * <p>A row counts as written at the time of its stanza and a deletion at the time of the day. So
 * what was deleted stays deleted, even if a former owner of the partition writes it once more.
 */
public interface Inbox {

  /** Completes when all rows are durable. Those that have expired are not written. */
  CompletionStage<Void> save(List<Rows> rows, long nowMs);

  /** Rows that have not expired, in the order of their sequences. */
  CompletionStage<Page> read(Read read, long nowMs);

  CompletionStage<Measured> measure(Measure measure);

  /** Completes when no row is found any more. */
  CompletionStage<Void> delete(List<Forget> forgotten, long nowMs);

  /** What waits for the devices of an account; those for which nothing does are left out. */
  CompletionStage<List<Waiting>> waiting(AccountId account);
}
