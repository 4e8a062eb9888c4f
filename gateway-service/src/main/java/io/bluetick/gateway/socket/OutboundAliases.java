package io.bluetick.gateway.socket;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.DeviceId;
import java.util.Arrays;

/**
 * The names that the gateway gives to whom a device hears of: an account's device with its
 * registration, or a group. When all are given the oldest is given anew; the device learns it by
 * being told the id along.
 */
final class OutboundAliases {
  /** One byte on the wire each. */
  static final int MAX = 127;

  private static final int FIRST = 4;

  /** In place of device and registration: it is a group. */
  private static final long GROUP = -1;

  private long[] high = new long[FIRST];
  private long[] low = new long[FIRST];
  private long[] which = new long[FIRST];
  private int given;
  private int next;

  /** Returns the alias; negative when it is new, so that the id must be told. */
  int of(DeviceId device) {
    long number = ((long) device.getRegistration() << Integer.SIZE) | device.getDevice();
    return of(AccountId.of(device.getAccount()), number & Long.MAX_VALUE);
  }

  int ofGroup(ByteString group) {
    return of(AccountId.of(group), GROUP);
  }

  private int of(AccountId id, long number) {
    for (int i = 0; i < given; i++) {
      if (low[i] == id.low() && high[i] == id.high() && which[i] == number) {
        return i + 1;
      }
    }
    int slot = next;
    if (slot == high.length) {
      grow();
    }
    high[slot] = id.high();
    low[slot] = id.low();
    which[slot] = number;
    given = Math.max(given, slot + 1);
    next = (slot + 1) % MAX;
    return -(slot + 1);
  }

  private void grow() {
    int room = Math.min(high.length * 4, MAX);
    high = Arrays.copyOf(high, room);
    low = Arrays.copyOf(low, room);
    which = Arrays.copyOf(which, room);
  }
}
