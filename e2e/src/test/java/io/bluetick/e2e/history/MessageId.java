package io.bluetick.e2e.history;

import io.bluetick.protocol.DeviceAddress;

/** Which message: its sender's address and registration, and its counter. */
public record MessageId(DeviceAddress from, int registration, long counter) {

  /**
   * What the sender writes to one device. No two are the same, so that what comes to the wrong
   * device, or under another id, is found out.
   */
  public String textFor(DeviceAddress recipient) {
    return "%s.%d#%d to %s".formatted(from, registration, counter, recipient);
  }

  /** Short, for people. */
  @Override
  public String toString() {
    return "%s#%d".formatted(brief(from), counter);
  }

  /** The end of the account and the device's number. */
  public static String brief(DeviceAddress address) {
    String account = address.account().toString();
    return "%s/%d".formatted(account.substring(account.length() - 4), address.device());
  }
}
