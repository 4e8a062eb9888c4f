package io.bluetick.protocol.noise;

import java.util.Arrays;
import java.util.Objects;

/**
 * The two messages of IK.
 *
 * <pre>
 * first, from the device     | ephemeral key 32 | static key 32 + tag 16 | payload n + tag 16 |
 * second, from the server    | ephemeral key 32 | payload n + tag 16 |
 * </pre>
 */
final class Messages {
  static final int STATIC_OFFSET = KeyPair.KEY_BYTES;
  static final int STATIC_BYTES = KeyPair.KEY_BYTES + AesGcm.TAG_BYTES;

  static final int FIRST_PAYLOAD_OFFSET = STATIC_OFFSET + STATIC_BYTES;
  static final int SECOND_PAYLOAD_OFFSET = KeyPair.KEY_BYTES;

  private Messages() {}

  /** A message that holds its ephemeral key already and has room for the rest. */
  static byte[] start(KeyPair ephemeral, int payloadOffset, byte[] payload) {
    int overheadBytes = payloadOffset + AesGcm.TAG_BYTES;
    if (payload.length > NoiseCipher.MAX_MESSAGE_BYTES - overheadBytes) {
      throw new NoiseException(NoiseFault.TOO_LONG);
    }
    byte[] message = new byte[overheadBytes + payload.length];
    System.arraycopy(ephemeral.publicKey(), 0, message, 0, KeyPair.KEY_BYTES);
    return message;
  }

  /** A copy of what was received, if it has a length that such a message can have. */
  static byte[] received(byte[] buffer, int off, int len, int payloadOffset) {
    Objects.checkFromIndexSize(off, len, buffer.length);
    if (len < payloadOffset + AesGcm.TAG_BYTES) {
      throw new NoiseException(NoiseFault.TRUNCATED);
    }
    if (len > NoiseCipher.MAX_MESSAGE_BYTES) {
      throw new NoiseException(NoiseFault.TOO_LONG);
    }
    return Arrays.copyOfRange(buffer, off, off + len);
  }

  static byte[] ephemeralKey(byte[] message) {
    return Arrays.copyOf(message, KeyPair.KEY_BYTES);
  }
}
