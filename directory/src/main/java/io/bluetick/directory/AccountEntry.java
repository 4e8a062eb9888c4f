package io.bluetick.directory;

import java.util.Map;

/**
 * What is known of an account.
 *
 * @param listVersion of its devices; 0: there is no such account
 * @param devices by their number
 * @param routes of those devices that are connected, by their number
 * @param epochs of those devices' latest sessions, open or not, by their number; an epoch is never
 *     less than the millisecond at which its session opened
 */
public record AccountEntry(
    long listVersion,
    Map<Integer, ListedDevice> devices,
    Map<Integer, LiveRoute> routes,
    Map<Integer, Long> epochs) {

  /** No account. */
  public static final AccountEntry NONE = new AccountEntry(0, Map.of(), Map.of(), Map.of());

  public AccountEntry {
    devices = Map.copyOf(devices);
    routes = Map.copyOf(routes);
    epochs = Map.copyOf(epochs);
  }

  /**
   * A device of the account.
   *
   * @param registration how often a device was registered when it was; part of its messages' ids
   * @param sinceVersion the list version with which this registration came
   */
  public record ListedDevice(int number, int registration, long sinceVersion) {}
}
