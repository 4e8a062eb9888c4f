package io.bluetick.gateway.socket;

import io.bluetick.protocol.AccountId;
import java.util.Arrays;

/**
 * The names that the gateway gives to whom a device hears of: an account's device, or a group. When
 * all are given the oldest is given anew; the device learns it by being told the id along.
 */
final class OutboundAliases {
  /** In place of a device's number: it is a group. */
  static final int GROUP = -1;

  /** One byte on the wire each. */
  private static final int MAX = 127;

  private static final int FIRST = 4;

  private long[] high = new long[FIRST];
  private long[] low = new long[FIRST];
  private int[] device = new int[FIRST];
  private int given;
  private int next;

  /** Returns the alias; negative when it is new, so that the id must be told. */
  int of(AccountId id, int deviceNumber) {
    for (int i = 0; i < given; i++) {
      if (low[i] == id.low() && high[i] == id.high() && device[i] == deviceNumber) {
        return i + 1;
      }
    }
    int slot = next;
    if (slot == high.length) {
      grow();
    }
    high[slot] = id.high();
    low[slot] = id.low();
    device[slot] = deviceNumber;
    given = Math.max(given, slot + 1);
    next = (slot + 1) % MAX;
    return -(slot + 1);
  }

  private void grow() {
    int room = Math.min(high.length * 4, MAX);
    high = Arrays.copyOf(high, room);
    low = Arrays.copyOf(low, room);
    device = Arrays.copyOf(device, room);
  }
}
