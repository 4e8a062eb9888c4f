package io.bluetick.session.push;

import io.bluetick.protocol.DeviceAddress;

/**
 * A device is to be woken.
 *
 * @param timeMs when the newest of what waits for it came
 */
public record Wake(DeviceAddress device, Urgency urgency, long timeMs) {

  /** What is collapsed: of one device there is at most one wake-up of each urgency. */
  record Key(DeviceAddress device, Urgency urgency) {}

  Key key() {
    return new Key(device, urgency);
  }

  /** This or the other, whichever is newer. */
  Wake newest(Wake other) {
    return other.timeMs > timeMs ? other : this;
  }
}
