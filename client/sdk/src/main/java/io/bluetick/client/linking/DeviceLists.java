package io.bluetick.client.linking;

import com.google.protobuf.ByteString;
import io.bluetick.client.rest.DeviceApi.Device;
import io.bluetick.client.rest.DeviceApi.Devices;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.SignedLists;
import io.bluetick.protocol.SignedLists.SignatureCheck;
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
    byte[] signature = sign.apply(SignedLists.signedBytes(encoded).toByteArray());
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
    return switch (SignedLists.check(signed, account, check)) {
      case SignedLists.Sound(var list)
          when list.getDevices(0).getIdentityKey().equals(primaryIdentityKey) ->
          list;
      case SignedLists.Malformed() -> throw new LinkingException(LinkingFault.MALFORMED_LIST);
      case SignedLists.Sound _, SignedLists.WrongSignature _ ->
          throw new LinkingException(LinkingFault.WRONG_SIGNATURE);
    };
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
}
