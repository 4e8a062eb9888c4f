package io.bluetick.protocol;

import io.bluetick.protocol.v1.DeviceId;

/**
 * One device of an account.
 *
 * @param device its number within the account; 0 is the primary
 */
public record DeviceAddress(AccountId account, int device) {

  /**
   * Devices are numbered 0 to 127: a list of an account's devices stays small, and so do frames.
   */
  public static final int MAX_DEVICE = 127;

  public DeviceAddress {
    if (device < 0 || device > MAX_DEVICE) {
      throw new IllegalArgumentException("no device has the number " + device);
    }
  }

  /** Throws {@link IllegalArgumentException} if the id is none. */
  public static DeviceAddress of(DeviceId id) {
    return new DeviceAddress(AccountId.of(id.getAccount()), id.getDevice());
  }

  public DeviceId toProto() {
    return DeviceId.newBuilder().setAccount(account.bytes()).setDevice(device).build();
  }

  @Override
  public String toString() {
    return account + "/" + device;
  }
}
