package io.bluetick.session.account;

import io.bluetick.protocol.BluetickException;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.bluetick.session.secret.SignedDeviceLists;
import io.bluetick.session.secret.SignedDeviceLists.Bad;
import io.bluetick.session.secret.SignedDeviceLists.Good;
import java.util.List;

/** Takes a signed list into an account, or says what is wrong with it. */
final class Lists {

  private Lists() {}

  /** The list must be of the account's present version and have exactly these devices. */
  static void accept(Account account, SignedDeviceList signed, List<ListedDevice> devices) {
    switch (SignedDeviceLists.check(signed, account.id(), account.listVersion(), devices)) {
      case Good _ -> account.setList(signed);
      case Bad(SignedDeviceLists.Reason reason) -> throw refusal(reason, account.listVersion());
    }
  }

  private static BluetickException refusal(SignedDeviceLists.Reason reason, long version) {
    return switch (reason) {
      case MALFORMED -> new BluetickException(ErrorCode.INVALID, "The device list is malformed.");
      case ANOTHER_ACCOUNT ->
          new BluetickException(ErrorCode.INVALID, "The device list is another account's.");
      case ANOTHER_VERSION ->
          new BluetickException(
              ErrorCode.STALE_LIST, "The next device list has the version %d.".formatted(version));
      case OTHER_DEVICES ->
          new BluetickException(
              ErrorCode.STALE_LIST, "The device list has other devices or keys than the account.");
      case WRONG_SIGNATURE ->
          new BluetickException(
              ErrorCode.BAD_SIGNATURE, "The primary's identity key did not sign the device list.");
    };
  }
}
