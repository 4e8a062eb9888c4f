package io.bluetick.gateway.socket;

import io.bluetick.protocol.Wire;
import io.bluetick.protocol.v1.Limits;
import io.bluetick.protocol.v1.Welcome;

/** What a frame may hold. Parts of the contract rather than of a deployment: clients are told. */
final class FrameLimits {
  static final int ALIASES = 256;
  static final int DEVICES_PER_SEND = 32;
  static final int RECEIPTS_PER_SEND = 256;
  static final int SUBSCRIPTIONS = 1_024;
  static final int CIPHERTEXT_BYTES = 64_000;
  static final int FIRST_MESSAGE_BYTES = 1_024;
  static final int TIME_TO_LIVE_S = 30 * 24 * 60 * 60;
  static final int CLIENT_NAME_BYTES = 64;
  static final int CALL_ID_BYTES = 16;

  private FrameLimits() {}

  static Welcome welcome(long nowMs, long epoch, Limits limits) {
    return Welcome.newBuilder().setServerTimeMs(nowMs).setEpoch(epoch).setLimits(limits).build();
  }

  static Limits told(SocketSettings settings) {
    return Limits.newBuilder()
        .setFrameBytes(Wire.MAX_FRAME_BYTES)
        .setUnaccepted(settings.unaccepted())
        .setAliases(ALIASES)
        .setDevicesPerSend(DEVICES_PER_SEND)
        .setReceiptsPerSend(RECEIPTS_PER_SEND)
        .setSubscriptions(SUBSCRIPTIONS)
        .setTimeToLiveS(TIME_TO_LIVE_S)
        .setCiphertextBytes(CIPHERTEXT_BYTES)
        .setSilenceS(Math.toIntExact(settings.silence().toSeconds()))
        .build();
  }
}
