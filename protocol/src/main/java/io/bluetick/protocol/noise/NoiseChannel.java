package io.bluetick.protocol.noise;

import java.util.Arrays;

/**
 * What a connection keeps of Noise once the handshake is done: two keys and two counters, about a
 * hundred bytes. It does nothing itself, see {@link NoiseCipher}, and belongs to one thread at a
 * time.
 */
public final class NoiseChannel {
  static final int SENDING_KEY = 0;
  static final int RECEIVING_KEY = AesGcm.KEY_BYTES;

  /**
   * Numbers stay below this, half of what Noise allows, so that a negative one can mean "closed".
   */
  static final long NONCE_LIMIT = Long.MAX_VALUE;

  private static final long CLOSED = -1;

  /** The sending key, then the receiving key. */
  final byte[] keys;

  long sendingNonce;
  long receivingNonce;

  /** Takes the array as its own. */
  NoiseChannel(byte[] keys, long sendingNonce, long receivingNonce) {
    this.keys = keys;
    this.sendingNonce = sendingNonce;
    this.receivingNonce = receivingNonce;
  }

  /** Takes the keys that a handshake ends with, the initiator's sending key first. */
  static NoiseChannel ofInitiator(byte[] keys) {
    return new NoiseChannel(keys, 0, 0);
  }

  /** Takes the keys that a handshake ends with, the initiator's sending key first. */
  static NoiseChannel ofResponder(byte[] keys) {
    byte[] swapped = new byte[keys.length];
    System.arraycopy(keys, 0, swapped, RECEIVING_KEY, AesGcm.KEY_BYTES);
    System.arraycopy(keys, RECEIVING_KEY, swapped, SENDING_KEY, AesGcm.KEY_BYTES);
    Arrays.fill(keys, (byte) 0);
    return new NoiseChannel(swapped, 0, 0);
  }

  /** Wipes the keys. From now on everything is refused as {@link NoiseFault#CLOSED}. */
  public void close() {
    Arrays.fill(keys, (byte) 0);
    sendingNonce = CLOSED;
    receivingNonce = CLOSED;
  }

  public boolean isClosed() {
    return sendingNonce == CLOSED;
  }

  @Override
  public String toString() {
    return isClosed()
        ? "NoiseChannel[closed]"
        : "NoiseChannel[sent=" + sendingNonce + ", received=" + receivingNonce + "]";
  }
}
