package io.bluetick.session.key;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.Caller;
import io.bluetick.session.account.Devices;
import io.bluetick.session.account.Registered;
import io.bluetick.session.account.TestDevice;
import io.bluetick.session.number.PhoneNumber;
import java.util.Map;

/** A device that is in the database, without pre-keys at first, and what makes its keys. */
final class RegisteredDevice {
  private final TestDevice device;
  private final KeyMaker keys;
  private final Caller caller;
  private final long listVersion;

  private RegisteredDevice(TestDevice device, Registered as) {
    this.device = device;
    this.keys = new KeyMaker(device.identity());
    this.caller = new Caller(as.account(), as.device(), as.registration());
    this.listVersion = as.listVersion();
  }

  /** The primary of a new account. */
  static RegisteredDevice register(Accounts accounts) {
    TestDevice device = TestDevice.generate();
    AccountId id = TestDevice.newAccountId();
    PhoneNumber number = PhoneNumber.parse(TestDevice.newNumber());
    return new RegisteredDevice(
        device, accounts.register(id, number, device.asNew(), device.sign(id, 1, Map.of())));
  }

  /** The first companion of this primary. */
  RegisteredDevice link(Devices devices, int number) {
    TestDevice companion = TestDevice.generate();
    SignedDeviceList list = device.sign(account(), listVersion + 1, Map.of(number, companion));
    return new RegisteredDevice(
        companion, devices.link(account(), number, companion.asNew(), list));
  }

  KeyMaker keys() {
    return keys;
  }

  Caller caller() {
    return caller;
  }

  AccountId account() {
    return caller.account();
  }

  long listVersion() {
    return listVersion;
  }

  ByteString identityKey() {
    return device.identityKey();
  }
}
