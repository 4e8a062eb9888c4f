package io.bluetick.app.command;

import io.bluetick.client.linking.LinkingFault;
import io.bluetick.client.rest.RefusedException;
import io.bluetick.client.rest.TokensEndedException;

/** What somebody does about a linking that was refused. */
final class LinkingAdvice {
  private static final String AGAIN = ": run ./bluetick chat link again on the new device";

  private LinkingAdvice() {}

  /** One line. */
  static String of(LinkingFault fault) {
    return switch (fault) {
      case NOT_A_LINK ->
          "that is no code: copy all of the line that begins with bluetick://link, in quotes";
      case MALFORMED_CODE ->
          "a part of the code is missing or changed: copy the whole line, in quotes";
      case UNKNOWN_VERSION -> "the two devices are of different versions: update the older one";
      case WRONG_CONFIRMATION, LOW_ORDER_KEY ->
          "the server shows other keys than the code does, so nothing was linked" + AGAIN;
      case MALFORMED_MESSAGE, FORGED_MESSAGE ->
          "the message that links this device is not of who saw the code; do not trust it, and"
              + " remove the device on the primary"
              + AGAIN;
      case ANOTHER_DEVICE ->
          "the server and the primary do not name the same device; remove it on the primary"
              + AGAIN;
      case MALFORMED_LIST, WRONG_SIGNATURE, NOT_LISTED ->
          "the server has devices that the primary did not sign: look at ./bluetick chat devices"
              + " on the primary, and remove what you do not know";
      case STALE_LIST ->
          "the server shows an older list of devices than is known: try again later, and do not"
              + " trust it if that stays";
      case NO_FREE_NUMBER ->
          "the account is full: remove a device first, ./bluetick chat devices remove NUMBER";
    };
  }

  /** One line; what is no matter of devices is thrown on. */
  static AppFailure of(RefusedException refused) {
    if (refused instanceof TokensEndedException) {
      return failed(
          "the server does not take this device any more: register or link another profile,"
              + " --profile NAME");
    }
    return switch (refused.code().orElseThrow(() -> refused)) {
      case EXPIRED -> failed("the code has expired" + AGAIN);
      case CONFLICT -> failed("this code was used already" + AGAIN);
      case STALE_LIST ->
          failed(
              "the devices changed at the same time: look at ./bluetick chat devices, and try"
                  + " again");
      case TOO_MANY ->
          failed(
              "the account has as many devices as it may: remove one first, ./bluetick chat"
                  + " devices remove NUMBER");
      case NOT_FOUND ->
          failed(
              "there is no such device (any more): look at ./bluetick chat devices, and try again");
      default -> throw refused;
    };
  }

  private static AppFailure failed(String what) {
    return new AppFailure(ExitCode.FAILED, what);
  }
}
