package io.bluetick.client.socket;

/** How a connection ended. */
public sealed interface Ending {

  /** By ourselves. */
  record Closed() implements Ending {}

  /** The network failed, or the gateway was not there. */
  record Lost(String why) implements Ending {}

  /** The gateway asks to come back after this time, not earlier. */
  record GoAway(long afterMs) implements Ending {}

  /** A newer connection of this device took over: not to be undone by itself. */
  record Replaced() implements Ending {}

  /**
   * The gateway refused to go on. Whoever ends TLS can forge this, so it is a hint to be shown.
   *
   * @param code of an {@link io.bluetick.protocol.ErrorCode}
   */
  record Refused(int closeCode, String code) implements Ending {}

  /** What came is no Bluetick, or not from the server whose key is pinned. */
  record Broken(String why) implements Ending {}
}
