package io.bluetick.protocol.noise;

import java.util.Objects;

/**
 * Seals and opens the messages of any number of channels. Not thread-safe: an event loop has one,
 * for all its connections.
 *
 * <p>Input and output may be the same array at the same offset. Other overlaps, and offsets that do
 * not fit an array, are the caller's mistakes and refused as {@link IllegalArgumentException} and
 * {@link IndexOutOfBoundsException}, before anything happens. Whatever a peer sends ends as a
 * message or as a {@link NoiseException}.
 */
public final class NoiseCipher {
  public static final int MAX_MESSAGE_BYTES = 65_535;

  /** How much longer a message is than its plaintext. */
  public static final int TAG_BYTES = AesGcm.TAG_BYTES;

  /**
   * After so many messages a direction replaces its key: whoever learns the new one cannot read
   * what came before. Part of the protocol: both sides count alike. The nonce goes on counting.
   */
  public static final int REKEY_INTERVAL = 65_536;

  private static final byte[] NOTHING = {};

  private final AesGcm aesGcm = new AesGcm();

  /**
   * Writes the next message of a channel.
   *
   * @return its length, {@code len} + {@link #TAG_BYTES}
   */
  public int seal(NoiseChannel channel, byte[] in, int off, int len, byte[] out, int outOff) {
    Objects.checkFromIndexSize(off, len, in.length);
    requireOpen(channel);
    if (len > MAX_MESSAGE_BYTES - TAG_BYTES) {
      throw new NoiseException(NoiseFault.TOO_LONG);
    }
    Objects.checkFromIndexSize(outOff, len + TAG_BYTES, out.length);
    requireApart(in, off, len, out, outOff, len + TAG_BYTES);

    long nonce = channel.sendingNonce;
    requireBelowLimit(nonce);
    aesGcm
        .with(channel.keys, NoiseChannel.SENDING_KEY, nonce)
        .seal(NOTHING, in, off, len, out, outOff);
    channel.sendingNonce = counted(nonce, channel.keys, NoiseChannel.SENDING_KEY);
    return len + TAG_BYTES;
  }

  /**
   * Reads the next message of a channel. If it is refused, the channel is closed.
   *
   * @return the length of its plaintext, {@code len} - {@link #TAG_BYTES}
   */
  public int open(NoiseChannel channel, byte[] in, int off, int len, byte[] out, int outOff) {
    Objects.checkFromIndexSize(off, len, in.length);
    Objects.checkIndex(outOff, out.length + 1);
    requireApart(in, off, len, out, outOff, Math.max(0, len - TAG_BYTES));
    requireOpen(channel);
    try {
      return openNext(channel, in, off, len, out, outOff);
    } catch (NoiseException e) {
      channel.close();
      throw e;
    }
  }

  private int openNext(NoiseChannel channel, byte[] in, int off, int len, byte[] out, int outOff) {
    if (len < TAG_BYTES) {
      throw new NoiseException(NoiseFault.TRUNCATED);
    }
    if (len > MAX_MESSAGE_BYTES || len - TAG_BYTES > out.length - outOff) {
      throw new NoiseException(NoiseFault.TOO_LONG);
    }
    long nonce = channel.receivingNonce;
    requireBelowLimit(nonce);
    boolean genuine =
        aesGcm
            .with(channel.keys, NoiseChannel.RECEIVING_KEY, nonce)
            .open(NOTHING, in, off, len, out, outOff);
    if (!genuine) {
      throw new NoiseException(NoiseFault.FORGED);
    }
    channel.receivingNonce = counted(nonce, channel.keys, NoiseChannel.RECEIVING_KEY);
    return len - TAG_BYTES;
  }

  private long counted(long nonce, byte[] keys, int keyOffset) {
    long next = nonce + 1;
    if (next % REKEY_INTERVAL == 0) {
      aesGcm.rekey(keys, keyOffset);
    }
    return next;
  }

  private static void requireOpen(NoiseChannel channel) {
    if (channel.isClosed()) {
      throw new NoiseException(NoiseFault.CLOSED);
    }
  }

  private static void requireBelowLimit(long nonce) {
    if (nonce >= NoiseChannel.NONCE_LIMIT) {
      throw new NoiseException(NoiseFault.NONCE_EXHAUSTED);
    }
  }

  @SuppressWarnings("ReferenceEquality") // Whether it is the same memory is the question.
  private static void requireApart(
      byte[] in, int off, int len, byte[] out, int outOff, int outLen) {
    if (in == out && off != outOff && off < outOff + outLen && outOff < off + len) {
      throw new IllegalArgumentException("input and output overlap");
    }
  }
}
