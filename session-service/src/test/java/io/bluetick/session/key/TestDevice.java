package io.bluetick.session.key;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.Caller;
import io.bluetick.session.account.Devices;
import io.bluetick.session.account.NewDevice;
import io.bluetick.session.account.Registered;
import io.bluetick.session.number.PhoneNumber;
import io.bluetick.session.secret.SignedDeviceLists;
import io.bluetick.session.secret.XEdDsaSigner;
import java.security.SecureRandom;
import java.util.List;

/** A device that is registered in the database, and its keys. */
final class TestDevice {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final XEdDsaSigner identity = XEdDsaSigner.generate(RANDOM);
  private final KeyMaker keys = new KeyMaker(identity);
  private final ByteString noiseKey = random(NewDevice.NOISE_KEY_BYTES);
  private Caller caller = new Caller(AccountId.random(RANDOM), Accounts.PRIMARY, 0);
  private long listVersion;

  private TestDevice() {}

  /** The primary of a new account. */
  static TestDevice register(Accounts accounts) {
    TestDevice device = new TestDevice();
    PhoneNumber number = PhoneNumber.parse("+49151" + (10_000_000 + RANDOM.nextInt(89_999_999)));
    SignedDeviceList list = device.sign(1, List.of(device.listed(Accounts.PRIMARY)));
    device.came(accounts.register(device.caller.account(), number, device.asNew(), list));
    return device;
  }

  /** A companion of this primary, its first one. */
  TestDevice link(Devices devices, int number) {
    TestDevice companion = new TestDevice();
    SignedDeviceList list =
        sign(listVersion + 1, List.of(listed(Accounts.PRIMARY), companion.listed(number)));
    companion.came(devices.link(account(), number, companion.asNew(), list));
    listVersion = companion.listVersion;
    return companion;
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
    return ByteString.copyFrom(identity.publicKey33());
  }

  private void came(Registered registered) {
    caller = new Caller(registered.account(), registered.device(), registered.registration());
    listVersion = registered.listVersion();
  }

  private NewDevice asNew() {
    return new NewDevice(noiseKey, identityKey(), "a phone", "android");
  }

  private ListedDevice listed(int number) {
    return ListedDevice.newBuilder()
        .setDevice(number)
        .setIdentityKey(identityKey())
        .setNoiseKey(noiseKey)
        .build();
  }

  private SignedDeviceList sign(long version, List<ListedDevice> devices) {
    ByteString list =
        DeviceList.newBuilder()
            .setAccount(account().bytes())
            .setVersion(version)
            .addAllDevices(devices)
            .build()
            .toByteString();
    byte[] signature = identity.sign(SignedDeviceLists.signedBytes(list).toByteArray());
    return SignedDeviceList.newBuilder()
        .setList(list)
        .setSignature(ByteString.copyFrom(signature))
        .build();
  }

  private static ByteString random(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
