package io.bluetick.message.mailbox;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.Delivery;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.Priority;
import io.bluetick.protocol.v1.Route;
import java.util.List;

/**
 * What is to be done. Effects are begun in their order; how they end is told as an {@link Outcome}
 * where one is named. What a {@link Checkpoint} brings is in its own hands.
 */
public sealed interface Effect {

  /** Hand this to a gateway. May be lost, repeated and late. See Target for the two numbers. */
  record Send(Route route, long sequence, long previous, Delivery content) implements Effect {}

  /** Append this to the log. Must be there before the checkpoint that follows commits. */
  record Tell(MailboxCommand command) implements Effect {}

  /** As {@link Tell}, to accounts of one partition. */
  record Spread(int partition, MailboxCommand command) implements Effect {}

  /** Have the device woken. May be lost. */
  record Wake(DeviceKey device, Priority priority, long timeMs) implements Effect {}

  /**
   * Read the inbox: rows between these sequences, neither included, the oldest first. Ends with
   * {@link Outcome.Page}.
   */
  record Read(DeviceKey device, long after, long before, int limit, long number)
      implements Effect {}

  /**
   * Find out how much waits for a companion. Ends with {@link Outcome.Measured}.
   *
   * @param keep how many rows may stay, if there are more than {@code limit}
   */
  record Measure(DeviceKey device, int limit, int keep) implements Effect {}

  /** Look the account up anew. Ends with {@link PartitionActors#know}; may be lost. */
  record Look(AccountId account) implements Effect {}

  /** The command failed, and its actor goes on without it. */
  record Quarantine(long sequence, MailboxCommand command, String cause) implements Effect {}

  /** Rows of one device for the inbox. */
  record Rows(DeviceKey device, List<Stanza> stanzas) {}

  /** All rows of this device up to here. {@link Long#MAX_VALUE}: of the device that is no more. */
  record Forget(DeviceKey device, long upTo) {}
}
