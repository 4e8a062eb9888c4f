package io.bluetick.client.delivery;

import io.bluetick.client.socket.Dial;
import io.bluetick.client.socket.SocketListener;

/** A connection to a gateway. */
public interface Line {

  /** Sends a frame after those before it; into nothing if the line is not open. */
  void write(byte[] frame);

  /** Allows so many more frames to be heard. */
  void readOn(int frames);

  void close();

  /** Makes connections. */
  interface Caller {
    Line call(Dial dial, SocketListener listener);
  }
}
