package io.bluetick.client.linking;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.client.rest.DeviceApi.Device;
import io.bluetick.client.rest.DeviceApi.Devices;
import io.bluetick.client.rest.LinkingApi.NewCompanion;
import io.bluetick.client.rest.Offer;
import io.bluetick.client.rest.OfferApi.Collected;
import io.bluetick.client.rest.OfferApi.Place;
import io.bluetick.client.rest.Samples;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;

/** An account with its primary, as an honest server keeps it. */
final class FakeAccount {
  static final ByteString PRIMARY = Samples.bytes(33, 42);

  private static final Instant THEN = Instant.parse("2026-11-21T10:00:00Z");

  private final AccountId id;
  private final Primary primary;
  private final TreeSet<Integer> devices = new TreeSet<>(List.of(0));
  private SignedDeviceList list;
  private long version = 1;
  private long signedVersion = 1;

  FakeAccount(AccountId id) {
    this.id = id;
    this.primary =
        new Primary(
            id, PRIMARY, FakeSignatures.by(PRIMARY), new FakeSignatures(), new SecureRandom());
    this.list = signed(DeviceLists.of(id, 1, List.of(primaryListed())));
  }

  ListedDevice primaryListed() {
    return ListedDevice.newBuilder()
        .setDevice(0)
        .setIdentityKey(PRIMARY)
        .setNoiseKey(Samples.bytes(32, 41))
        .build();
  }

  SignedDeviceList signed(DeviceList any) {
    return DeviceLists.sign(any, FakeSignatures.by(PRIMARY));
  }

  Place place(int which) {
    return new Place(text(Samples.bytes(16, which)), text(Samples.bytes(32, which)), THEN);
  }

  Devices present() {
    return new Devices(
        version,
        list,
        devices.stream()
            .map(number -> new Device(number, 1, "name", "other", THEN, LocalDate.of(2026, 11, 21)))
            .toList());
  }

  DeviceList list() {
    try {
      return DeviceList.parseFrom(list.getList());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  NewCompanion take(LinkingCode code, Offer shown) {
    return primary.take(code, shown, present(), signedVersion);
  }

  /** Keeps to what the server demands of a list. */
  Collected link(NewCompanion companion) {
    version++;
    devices.add(companion.number());
    list = companion.signedList();
    signedVersion = version;
    if (list().getVersion() != version
        || !list().getDevicesList().stream()
            .map(ListedDevice::getDevice)
            .toList()
            .equals(List.copyOf(devices))) {
      throw new IllegalStateException("stale-list");
    }
    return new Collected(id, companion.number(), 2, version, companion.message(), "btr_companion");
  }

  /** Without the primary. */
  void remove(int number) {
    devices.remove(number);
    version++;
  }

  private static String text(ByteString bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }
}
