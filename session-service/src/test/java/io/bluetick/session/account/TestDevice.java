package io.bluetick.session.account;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.SignedLists;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.bluetick.session.secret.XEdDsaSigner;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;

/** A device with its keys, as a client has it. */
public record TestDevice(XEdDsaSigner identity, ByteString noiseKey) {
  private static final SecureRandom RANDOM = new SecureRandom();

  public static TestDevice generate() {
    byte[] noise = new byte[NewDevice.NOISE_KEY_BYTES];
    RANDOM.nextBytes(noise);
    return new TestDevice(XEdDsaSigner.generate(RANDOM), ByteString.copyFrom(noise));
  }

  public static AccountId newAccountId() {
    return AccountId.random(RANDOM);
  }

  /** A number that nobody else in these tests has. */
  public static String newNumber() {
    return "+4915%d".formatted(100_000_000 + RANDOM.nextInt(100_000_000));
  }

  public ByteString identityKey() {
    return ByteString.copyFrom(identity.publicKey33());
  }

  public NewDevice asNew() {
    return new NewDevice(noiseKey, identityKey(), "test", "other");
  }

  public ListedDevice listed(int number) {
    return ListedDevice.newBuilder()
        .setDevice(number)
        .setIdentityKey(identityKey())
        .setNoiseKey(noiseKey)
        .build();
  }

  /** A list with this device as the primary, and the others by their numbers. */
  public SignedDeviceList sign(AccountId account, long version, Map<Integer, TestDevice> others) {
    DeviceList.Builder list =
        DeviceList.newBuilder().setAccount(account.bytes()).setVersion(version);
    list.addDevices(listed(Accounts.PRIMARY));
    new TreeMap<>(others).forEach((number, device) -> list.addDevices(device.listed(number)));
    ByteString bytes = list.build().toByteString();
    return SignedDeviceList.newBuilder()
        .setList(bytes)
        .setSignature(
            ByteString.copyFrom(identity.sign(SignedLists.signedBytes(bytes).toByteArray())))
        .build();
  }
}
