package io.bluetick.e2e.device;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import java.util.List;

/** What a device sends under a counter. When it is sent again it is the same. */
sealed interface Outgoing {

  /**
   * A message.
   *
   * @param own the sender's other devices; none if it goes to the sender's account
   */
  record ToAccount(AccountId account, DeviceLists.Known to, DeviceLists.Known own)
      implements Outgoing {}

  /** What the user has read of one device. */
  record Receipts(DeviceAddress of, List<Long> counters) implements Outgoing {}
}
