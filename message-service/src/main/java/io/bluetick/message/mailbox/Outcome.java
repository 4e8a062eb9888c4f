package io.bluetick.message.mailbox;

import java.util.List;

/** What became of an effect. One that failed is tried again by who carries it out. */
public sealed interface Outcome {

  DeviceKey device();

  /**
   * What {@link Effect.Read} found.
   *
   * @param isLast there was no more between the two sequences
   */
  record Page(DeviceKey device, long number, List<Stanza> rows, boolean isLast)
      implements Outcome {}

  /**
   * What {@link Effect.Measure} found.
   *
   * @param dropUpTo without all up to here there are as many as may stay; 0: nothing need go
   */
  record Measured(DeviceKey device, long dropUpTo) implements Outcome {}
}
