package io.bluetick.session;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.SignedLists;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.bluetick.session.account.Accounts;
import io.bluetick.session.account.NewDevice;
import io.bluetick.session.account.Registered;
import io.bluetick.session.number.PhoneNumber;
import io.bluetick.session.secret.XEdDsaSigner;
import io.bluetick.testkit.service.TestTokens;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** An account whose primary's keys the test holds, so that it can sign lists. */
public final class OwnedAccount {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final AccountId id = AccountId.random(RANDOM);
  private final PhoneNumber number = anyNumber();
  private final XEdDsaSigner identity = XEdDsaSigner.generate(RANDOM);
  private final List<ListedDevice> devices = new ArrayList<>();

  /** Registers a new account with a number that no other test has. */
  public static OwnedAccount register(Accounts accounts) {
    OwnedAccount account = new OwnedAccount();
    NewDevice primary =
        new NewDevice(
            randomBytes(32), ByteString.copyFrom(account.identity.publicKey33()), "phone", "test");
    account.devices.add(listed(Accounts.PRIMARY, primary));
    Registered registered =
        accounts.register(account.id, account.number, primary, account.sign(1, account.devices));
    if (!registered.account().equals(account.id)) {
      throw new AssertionError("registered another account");
    }
    return account;
  }

  public AccountId id() {
    return id;
  }

  public PhoneNumber number() {
    return number;
  }

  /** The token of the primary as it was registered first. */
  public String token() {
    return TestTokens.device(id.toString(), Accounts.PRIMARY, 1);
  }

  /** The devices that the primary believes in. */
  public List<ListedDevice> devices() {
    return List.copyOf(devices);
  }

  /** From now on part of what the primary signs. */
  public void add(int device, NewDevice companion) {
    devices.add(listed(device, companion));
  }

  /** The list of this version with the devices so far and one more. */
  public SignedDeviceList signWith(long version, int device, NewDevice companion) {
    List<ListedDevice> all = new ArrayList<>(devices);
    all.add(listed(device, companion));
    return sign(version, all);
  }

  public SignedDeviceList sign(long version, List<ListedDevice> listed) {
    ByteString list =
        DeviceList.newBuilder()
            .setAccount(id.bytes())
            .setVersion(version)
            .addAllDevices(listed)
            .build()
            .toByteString();
    byte[] signature = identity.sign(SignedLists.signedBytes(list).toByteArray());
    return SignedDeviceList.newBuilder()
        .setList(list)
        .setSignature(ByteString.copyFrom(signature))
        .build();
  }

  /** A companion with keys of its own, of which the test needs no secrets. */
  public static NewDevice anyCompanion() {
    ByteString identity = ByteString.copyFrom(XEdDsaSigner.generate(RANDOM).publicKey33());
    return new NewDevice(randomBytes(32), identity, "laptop", "test");
  }

  public static ListedDevice listed(int device, NewDevice keys) {
    return ListedDevice.newBuilder()
        .setDevice(device)
        .setIdentityKey(keys.identityKey())
        .setNoiseKey(keys.noiseKey())
        .build();
  }

  public static ByteString randomBytes(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private static PhoneNumber anyNumber() {
    return PhoneNumber.parse(
        "+49151" + ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000));
  }
}
