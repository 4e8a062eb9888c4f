package io.bluetick.client.delivery;

import com.google.protobuf.ByteString;
import io.bluetick.client.signal.Bundle;
import io.bluetick.client.signal.OwnKeys;
import io.bluetick.client.signal.PreKeys;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.SignedLists;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one device has on the {@link FakeServer}. */
final class FakeBox {
  final DeviceAddress address;
  final int registration;
  final OwnKeys keys;
  final PreKeys.Lasting lasting;
  final Deque<Bundle.OneTime> curve = new ArrayDeque<>();
  final Deque<Bundle.Signed> kyber = new ArrayDeque<>();
  final TreeMap<Long, FakeLine.Stanza> stanzas = new TreeMap<>();
  final Map<String, Long> seen = new HashMap<>();

  /** The version of its account's list that it came with. */
  long sinceVersion;

  Optional<FakeLine> line = Optional.empty();

  FakeBox(DeviceAddress address, int registration, OwnKeys keys, PreKeys.Lasting lasting) {
    this.address = address;
    this.registration = registration;
    this.keys = keys;
    this.lasting = lasting;
  }

  static ListedDevice listed(int device, OwnKeys keys) {
    return ListedDevice.newBuilder()
        .setDevice(device)
        .setIdentityKey(keys.publicBytes())
        .setNoiseKey(ByteString.copyFrom(new byte[32]))
        .build();
  }

  static SignedDeviceList sign(DeviceList list, OwnKeys primary) {
    ByteString bytes = list.toByteString();
    ByteString text = SignedLists.signedBytes(bytes);
    return SignedDeviceList.newBuilder().setList(bytes).setSignature(primary.sign(text)).build();
  }

  static int compare(DeviceAddress one, DeviceAddress other) {
    int accounts = one.account().toString().compareTo(other.account().toString());
    return accounts == 0 ? Integer.compare(one.device(), other.device()) : accounts;
  }
}
