package io.bluetick.bench.device;

import io.bluetick.protocol.v1.Welcome;

/** Hears of one or many sockets, each on its own event loop, where nothing may wait. */
public interface SocketListener {

  /** The session is open. Once, before any frame. */
  default void opened(DeviceSocket socket, Welcome welcome) {}

  /**
   * A frame other than Welcome and GoAway.
   *
   * @param frame holds the whole frame with its type, for the time of this call only
   */
  default void frame(DeviceSocket socket, int type, byte[] frame, int offset, int length) {}

  /** All frames that one read brought were told. What is written now is sent along with answers. */
  default void heard(DeviceSocket socket) {}

  /** The last thing heard of a socket, whether or not it was opened. Once. */
  void ended(DeviceSocket socket, Ending ending);
}
