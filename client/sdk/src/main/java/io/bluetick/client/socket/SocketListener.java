package io.bluetick.client.socket;

import io.bluetick.protocol.v1.Welcome;

/** Hears what comes over a connection, in order, on a thread of the connection's. */
public interface SocketListener {

  void opened(Welcome welcome);

  /**
   * A frame after the welcome. The next ones are read as {@link DeviceSocket#readOn} allows.
   *
   * @param frame with its type; the listener's to keep
   */
  void heard(byte[] frame);

  /** Exactly once, and last. */
  void ended(Ending ending);
}
