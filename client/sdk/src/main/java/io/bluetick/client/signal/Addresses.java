package io.bluetick.client.signal;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import org.signal.libsignal.protocol.SignalProtocolAddress;

/** Our devices as libsignal names them: there a device's number begins with 1 and ends with 127. */
final class Addresses {
  private static final int FIRST = 1;

  private Addresses() {}

  static SignalProtocolAddress of(DeviceAddress device) {
    return new SignalProtocolAddress(device.account().toString(), device.device() + FIRST);
  }

  static DeviceAddress of(SignalProtocolAddress address) {
    return new DeviceAddress(AccountId.parse(address.getName()), address.getDeviceId() - FIRST);
  }

  static int device(DeviceAddress device) {
    return device.device() + FIRST;
  }
}
