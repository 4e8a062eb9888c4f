/**
 * What becomes of a command: mailboxes of accounts, and groups. Decisions alone: no I/O, no clock,
 * no threads, no Spring.
 *
 * <p>{@link io.bluetick.message.mailbox.PartitionActors} runs the actors of one partition. It is
 * fed by one thread: records of the log, and what became of its effects. Its answers are effects,
 * which somebody else carries out.
 */
@NullMarked
package io.bluetick.message.mailbox;

import org.jspecify.annotations.NullMarked;
