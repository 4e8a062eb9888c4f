package io.bluetick.protocol.noise;

/** Why a Noise message was refused. Except where it says so, the handshake or channel is over. */
public enum NoiseFault {
  /** Shorter than any message of its kind. */
  TRUNCATED,
  /**
   * Longer than {@link NoiseCipher#MAX_MESSAGE_BYTES}, or than the room that the reader gave it.
   * What is too long to be sent leaves the channel as it was.
   */
  TOO_LONG,
  /** Not what the peer sent, or not in the order in which it sent it. */
  FORGED,
  /** A public key with which every private key agrees on zero: the secret would be none. */
  LOW_ORDER_KEY,
  /** Meant for a server key that is not ours, or altered on its way: the two look alike. */
  UNKNOWN_SERVER_KEY,
  /** The channel has carried all messages that it can number. */
  NONCE_EXHAUSTED,
  /** An earlier message was refused, or the channel was closed by its owner. */
  CLOSED
}
