package io.bluetick.client.linking;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.client.rest.DeviceApi.Device;
import io.bluetick.client.rest.DeviceApi.Devices;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The list of an account's devices, as its primary states it: how it is made, and what must hold
 * before somebody believes it.
 */
public final class DeviceLists {

  /** As long as the server takes one. */
  public static final int LIST_BYTES_LIMIT = 1024;

  private static final ByteString CONTEXT = ByteString.copyFromUtf8("bluetick.v1.devices");
  private static final int IDENTITY_KEY_BYTES = 33;
  private static final int NOISE_KEY_BYTES = 32;

  private DeviceLists() {}

  /** A list of these devices, in the order that a list has. */
  public static DeviceList of(AccountId account, long version, List<ListedDevice> devices) {
    return DeviceList.newBuilder()
        .setAccount(account.bytes())
        .setVersion(version)
        .addAllDevices(
            devices.stream().sorted(Comparator.comparingInt(ListedDevice::getDevice)).toList())
        .build();
  }

  /**
   * Signs a list.
   *
   * @param sign makes a signature (XEdDSA) of the primary's identity key
   */
  public static SignedDeviceList sign(DeviceList list, UnaryOperator<byte[]> sign) {
    ByteString encoded = list.toByteString();
    byte[] signature = sign.apply(signedBytes(encoded));
    return SignedDeviceList.newBuilder()
        .setList(encoded)
        .setSignature(ByteString.copyFrom(signature))
        .build();
  }

  /**
   * The list, if it is this account's, well-formed, and signed by this primary. Throws {@link
   * LinkingException} otherwise. Whether it is the newest is left to who knows a version.
   */
  public static DeviceList verified(
      SignedDeviceList signed,
      AccountId account,
      ByteString primaryIdentityKey,
      SignatureCheck check) {
    DeviceList list = parsed(signed.getList());
    boolean isWellFormed =
        list.getAccount().equals(account.bytes())
            && list.getVersion() > 0
            && list.getDevicesCount() > 0
            && list.getDevices(0).getDevice() == 0
            && isOrdered(list.getDevicesList())
            && list.getDevicesList().stream().allMatch(DeviceLists::isWellFormed);
    if (!isWellFormed) {
      throw new LinkingException(LinkingFault.MALFORMED_LIST);
    }
    if (!list.getDevices(0).getIdentityKey().equals(primaryIdentityKey)
        || !check.verify(
            primaryIdentityKey.toByteArray(),
            signedBytes(signed.getList()),
            signed.getSignature().toByteArray())) {
      throw new LinkingException(LinkingFault.WRONG_SIGNATURE);
    }
    return list;
  }

  /**
   * The next list of the devices that are left, for the primary to sign after one went without it.
   * Keys come from the list that it signed itself, never from the server.
   *
   * @param knownVersion of the newest list that this device has signed or seen: with an older one
   *     the server could bring back a device that was removed
   */
  public static DeviceList remaining(DeviceList verified, long knownVersion, Devices present) {
    if (verified.getVersion() < knownVersion || present.version() < verified.getVersion()) {
      throw new LinkingException(LinkingFault.STALE_LIST);
    }
    Set<Integer> there = present.devices().stream().map(Device::number).collect(Collectors.toSet());
    List<ListedDevice> left =
        verified.getDevicesList().stream()
            .filter(device -> there.contains(device.getDevice()))
            .toList();
    if (left.size() != there.size() || !there.contains(0)) {
      throw new LinkingException(LinkingFault.NOT_LISTED);
    }
    return of(AccountId.of(verified.getAccount()), Math.addExact(present.version(), 1), left);
  }

  private static byte[] signedBytes(ByteString encoded) {
    return CONTEXT.concat(encoded).toByteArray();
  }

  /** Only what is written in the one way: two lists with one signature would be one too many. */
  private static DeviceList parsed(ByteString encoded) {
    try {
      if (encoded.size() <= LIST_BYTES_LIMIT) {
        DeviceList list = DeviceList.parseFrom(encoded);
        if (list.getUnknownFields().asMap().isEmpty() && list.toByteString().equals(encoded)) {
          return list;
        }
      }
    } catch (InvalidProtocolBufferException _) {
      // Falls through: no list.
    }
    throw new LinkingException(LinkingFault.MALFORMED_LIST);
  }

  private static boolean isOrdered(List<ListedDevice> devices) {
    for (int i = 1; i < devices.size(); i++) {
      if (devices.get(i - 1).getDevice() >= devices.get(i).getDevice()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWellFormed(ListedDevice device) {
    return device.getDevice() >= 0
        && device.getDevice() <= DeviceAddress.MAX_DEVICE
        && device.getIdentityKey().size() == IDENTITY_KEY_BYTES
        && device.getNoiseKey().size() == NOISE_KEY_BYTES
        && device.getUnknownFields().asMap().isEmpty();
  }
}
