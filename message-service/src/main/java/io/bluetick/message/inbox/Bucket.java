package io.bluetick.message.inbox;

import io.bluetick.message.mailbox.DeviceKey;
import java.time.Duration;

/**
 * One partition of the table: what came for a device on one day of UTC. The day is that of the
 * stanza, so a row that is written again lands on itself.
 */
record Bucket(DeviceKey device, int day) {
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  static int dayOf(long timeMs) {
    return (int) Math.floorDiv(timeMs, DAY_MS);
  }
}
