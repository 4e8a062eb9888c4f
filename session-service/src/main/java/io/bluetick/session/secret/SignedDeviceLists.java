package io.bluetick.session.secret;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.SignedLists;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.util.Comparator;
import java.util.List;

/**
 * Whether a list that a primary device signed says what the server knows. Whoever encrypts for the
 * account believes the list, so the server hands out none that would not hold there.
 */
public final class SignedDeviceLists {

  private SignedDeviceLists() {}

  /** What is said of a list. */
  public sealed interface Verdict {}

  /** It may be stored and handed out. */
  public record Good() implements Verdict {}

  /** It must be refused, for the first reason that was found. */
  public record Bad(Reason reason) implements Verdict {}

  /** What is wrong with a list. */
  public enum Reason {
    /** Too long, no list, or not encoded in the one way: fields in order, none unknown or twice. */
    MALFORMED,
    ANOTHER_ACCOUNT,
    /** Somebody else changed the devices meanwhile, or the signer does not know of a change. */
    ANOTHER_VERSION,
    /** A device too many or too few, another key, or another order. */
    OTHER_DEVICES,
    WRONG_SIGNATURE
  }

  /**
   * The expected devices are those that exist once the change is done, in any order; device 0 is
   * among them, and its identity key must have signed.
   */
  public static Verdict check(
      SignedDeviceList signed, AccountId account, long version, List<ListedDevice> expected) {
    List<ListedDevice> ordered =
        expected.stream().sorted(Comparator.comparingInt(ListedDevice::getDevice)).toList();
    if (ordered.isEmpty() || ordered.getFirst().getDevice() != 0) {
      throw new IllegalArgumentException("an account without its primary has no list");
    }
    if (signed.getList().size() > SignedLists.LIST_BYTES_LIMIT) {
      return new Bad(Reason.MALFORMED);
    }
    try {
      DeviceList list = DeviceList.parseFrom(signed.getList());
      return check(signed, list, expectation(account, version, ordered));
    } catch (InvalidProtocolBufferException noList) {
      return new Bad(Reason.MALFORMED);
    }
  }

  private static DeviceList expectation(
      AccountId account, long version, List<ListedDevice> devices) {
    return DeviceList.newBuilder()
        .setAccount(account.bytes())
        .setVersion(version)
        .addAllDevices(devices)
        .build();
  }

  private static Verdict check(SignedDeviceList signed, DeviceList list, DeviceList expected) {
    if (!list.getAccount().equals(expected.getAccount())) {
      return new Bad(Reason.ANOTHER_ACCOUNT);
    }
    if (list.getVersion() != expected.getVersion()) {
      return new Bad(Reason.ANOTHER_VERSION);
    }
    if (!list.getDevicesList().equals(expected.getDevicesList())) {
      return new Bad(Reason.OTHER_DEVICES);
    }
    // The same content, and yet other bytes: an unknown field, or another way to write a known one.
    if (!signed.getList().equals(expected.toByteString())) {
      return new Bad(Reason.MALFORMED);
    }
    boolean isSigned =
        XEdDsa.verify(
            expected.getDevices(0).getIdentityKey().toByteArray(),
            SignedLists.signedBytes(signed.getList()).toByteArray(),
            signed.getSignature().toByteArray());
    return isSigned ? new Good() : new Bad(Reason.WRONG_SIGNATURE);
  }
}
