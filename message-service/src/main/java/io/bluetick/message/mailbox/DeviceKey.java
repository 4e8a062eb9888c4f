package io.bluetick.message.mailbox;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.DeviceId;

/**
 * One registration of a device: what has a queue. Who registers the same number anew begins with an
 * empty one, and with counters of its own.
 */
public record DeviceKey(AccountId account, int device, int registration) {

  /** Throws {@link IllegalArgumentException} if the id is none. */
  static DeviceKey of(DeviceId id) {
    return new DeviceKey(AccountId.of(id.getAccount()), id.getDevice(), id.getRegistration());
  }

  DeviceId toProto() {
    return DeviceId.newBuilder()
        .setAccount(account.bytes())
        .setDevice(device)
        .setRegistration(registration)
        .build();
  }

  @Override
  public String toString() {
    return account + "/" + device + "." + registration;
  }
}
