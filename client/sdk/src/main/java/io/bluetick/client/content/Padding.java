package io.bluetick.client.content;

import java.util.Arrays;
import java.util.Optional;

/**
 * Hides how long a message is: a byte 0x80, then zeros up to the next multiple of {@value #STEP}
 * bytes. So "yes" and two lines of text look the same to whoever carries them.
 */
public final class Padding {
  static final int STEP = 160;

  private static final byte END = (byte) 0x80;

  private Padding() {}

  public static byte[] pad(byte[] content) {
    int length = (content.length / STEP + 1) * STEP;
    byte[] padded = Arrays.copyOf(content, length);
    padded[content.length] = END;
    return padded;
  }

  /** Empty if this was not padded so. */
  public static Optional<byte[]> strip(byte[] padded) {
    int end = padded.length - 1;
    while (end >= 0 && padded[end] == 0) {
      end--;
    }
    return end >= 0 && padded[end] == END
        ? Optional.of(Arrays.copyOf(padded, end))
        : Optional.empty();
  }
}
