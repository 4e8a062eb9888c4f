package io.bluetick.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.util.List;
import java.util.Optional;

/** Lists of devices, as their accounts' primaries sign them. */
public final class SignedLists {
  /** Of one list; five devices take less than half of it. */
  public static final int LIST_BYTES_LIMIT = 1024;

  private static final ByteString CONTEXT = ByteString.copyFromUtf8("bluetick.v1.devices");
  private static final int IDENTITY_KEY_BYTES = 33;
  private static final int NOISE_KEY_BYTES = 32;

  private SignedLists() {}

  /** What became of a list that was checked. */
  public sealed interface Verdict {}

  /** Its own primary signed it. Whether that is the right one, and the newest list, is not said. */
  public record Sound(DeviceList list) implements Verdict {}

  /** It is no list of this account, or not written in the one way. */
  public record Malformed() implements Verdict {}

  /** The primary that it names did not sign it. */
  public record WrongSignature() implements Verdict {}

  /** Checks signatures (XEdDSA) of identity keys. */
  public interface SignatureCheck {

    /**
     * False as well for what is no key or no signature.
     *
     * @param identityKey with libsignal's type byte, 33 bytes
     */
    boolean verify(byte[] identityKey, byte[] message, byte[] signature);
  }

  /** What a primary's signature covers: it must hold for nothing but a list. */
  public static ByteString signedBytes(ByteString list) {
    return CONTEXT.concat(list);
  }

  /** Looks at all that can be said of a list by itself. */
  public static Verdict check(SignedDeviceList signed, AccountId account, SignatureCheck check) {
    Optional<DeviceList> list =
        parsed(signed.getList()).filter(each -> isWellFormed(each, account));
    if (list.isEmpty()) {
      return new Malformed();
    }
    boolean isSigned =
        check.verify(
            list.get().getDevices(0).getIdentityKey().toByteArray(),
            signedBytes(signed.getList()).toByteArray(),
            signed.getSignature().toByteArray());
    return isSigned ? new Sound(list.get()) : new WrongSignature();
  }

  /** Only what is written in the one way: two lists with one signature would be one too many. */
  private static Optional<DeviceList> parsed(ByteString encoded) {
    if (encoded.size() > LIST_BYTES_LIMIT) {
      return Optional.empty();
    }
    try {
      return Optional.of(DeviceList.parseFrom(encoded))
          .filter(list -> list.getUnknownFields().asMap().isEmpty())
          .filter(list -> list.toByteString().equals(encoded));
    } catch (InvalidProtocolBufferException noList) {
      return Optional.empty();
    }
  }

  private static boolean isWellFormed(DeviceList list, AccountId account) {
    return list.getAccount().equals(account.bytes())
        && list.getVersion() > 0
        && list.getDevicesCount() > 0
        && list.getDevices(0).getDevice() == 0
        && isOrdered(list.getDevicesList())
        && list.getDevicesList().stream().allMatch(SignedLists::isWellFormed);
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
