package io.bluetick.protocol;

import java.nio.charset.StandardCharsets;

/** The constants of the contract between a device and a gateway. */
public final class Wire {

  /** Where the sockets are, on the same port as the REST routes. */
  public static final String PATH = "/v1/socket";

  /** The WebSocket subprotocol. */
  public static final String SUBPROTOCOL = "bluetick.v1";

  /** The version of the frames that this code speaks. */
  public static final int VERSION = 1;

  /** The oldest version that a gateway still serves. */
  public static final int OLDEST_VERSION = 1;

  /** A Noise message has at most 65,535 bytes, 16 of them its tag. */
  public static final int MAX_FRAME_BYTES = 65_519;

  /** A WebSocket close code is this and the HTTP status of an {@link ErrorCode}. */
  public static final int CLOSE_CODE_BASE = 4000;

  private Wire() {}

  /**
   * Both ends mix it into the handshake, so that no other protocol's handshake is taken for ours.
   */
  public static byte[] prologue() {
    return SUBPROTOCOL.getBytes(StandardCharsets.US_ASCII);
  }
}
