package io.bluetick.session.account;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;

/** The device that asks. A parameter of this type makes an endpoint one for devices alone. */
public record Caller(AccountId account, int device, int registration) {

  public DeviceAddress address() {
    return new DeviceAddress(account, device);
  }

  public boolean isPrimary() {
    return device == Accounts.PRIMARY;
  }

  public void requirePrimary() {
    if (!isPrimary()) {
      throw new BluetickException(ErrorCode.FORBIDDEN, "Only the primary device may do this.");
    }
  }
}
