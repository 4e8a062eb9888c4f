package io.bluetick.gateway.socket;

import io.bluetick.protocol.Wire;
import io.bluetick.protocol.v1.Limits;

/** What a frame may hold. Parts of the contract rather than of a deployment: clients are told. */
final class FrameLimits {
  static final int ALIASES = 256;
  static final int DEVICES_PER_SEND = 32;
  static final int RECEIPTS_PER_SEND = 256;
  static final int SUBSCRIPTIONS = 1_024;
  static final int TIME_TO_LIVE_S = 30 * 24 * 60 * 60;
  static final int CLIENT_NAME_BYTES = 64;
  static final int CALL_ID_BYTES = 16;

  /** With all that a frame to its recipient says beside it, it must fit in one. */
  static final int CIPHERTEXT_BYTES = Wire.MAX_FRAME_BYTES - 128;

  private FrameLimits() {}

  static Limits told(SocketSettings settings) {
    return Limits.newBuilder()
        .setFrameBytes(Wire.MAX_FRAME_BYTES)
        .setUnaccepted(settings.unaccepted())
        .setAliases(ALIASES)
        .setDevicesPerSend(DEVICES_PER_SEND)
        .setReceiptsPerSend(RECEIPTS_PER_SEND)
        .setSubscriptions(SUBSCRIPTIONS)
        .setTimeToLiveS(TIME_TO_LIVE_S)
        .setSilenceS(Math.toIntExact(settings.silence().toSeconds()))
        .build();
  }
}
