package io.bluetick.message.mailbox;

import io.bluetick.message.mailbox.Effect.Forget;
import io.bluetick.message.mailbox.Effect.Rows;
import java.util.List;

/**
 * How a partition's owner gives up the log up to a place. Whoever carries it out does its steps one
 * after the other, each until it has succeeded, and may begin the next checkpoint only then.
 *
 * <p><b>Why in this order.</b> After a crash the log is read again from the committed place. What
 * lies before it must not be needed any more: what nobody has acknowledged is in the inbox (SAVE),
 * and what it led to, receipts above all, is in the log itself (FLUSH). A row is the only witness
 * of a message whose place was committed, so it goes only when the receipt it led to is there
 * (FORGET after FLUSH); and it must have gone before the acknowledgement is committed, because
 * nobody would come back to it (COMMIT after FORGET).
 *
 * @param upTo the sequence up to which the log is given up
 */
public record Checkpoint(long upTo, List<Rows> rows, List<Forget> forgotten) {

  /** What is done, in this order. */
  public enum Step {
    /** Write {@link Checkpoint#rows} to the inbox, then {@link PartitionActors#saved}. */
    SAVE,
    /** Wait until all effects taken so far are in the log. */
    FLUSH,
    /** Delete {@link Checkpoint#forgotten} from the inbox. */
    FORGET,
    /** Commit the offset. */
    COMMIT
  }

  public static final List<Step> STEPS = List.of(Step.SAVE, Step.FLUSH, Step.FORGET, Step.COMMIT);
}
