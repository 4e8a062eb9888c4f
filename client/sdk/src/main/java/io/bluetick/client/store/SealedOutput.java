package io.bluetick.client.store;

import io.bluetick.client.store.Sealing.Place;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Encrypts what is written, piece by piece. Pieces are full but for the last, which says that it is
 * the last.
 */
final class SealedOutput extends OutputStream {
  /** Of plaintext in a piece, and so in memory. */
  static final int PIECE_BYTES = 64 << 10;

  /** The number of the first piece; the one before it seals the head alone. */
  static final long FIRST = 1;

  private final OutputStream out;
  private final Sealing sealing;
  private final byte[] piece = new byte[PIECE_BYTES];
  private int filled;
  private long number = FIRST;

  SealedOutput(OutputStream out, Sealing sealing) {
    this.out = out;
    this.sealing = sealing;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int off, int len) throws IOException {
    int written = 0;
    while (written < len) {
      if (filled == PIECE_BYTES) {
        seal(Place.WITHIN);
      }
      int fits = Math.min(PIECE_BYTES - filled, len - written);
      System.arraycopy(bytes, off + written, piece, filled, fits);
      filled += fits;
      written += fits;
    }
  }

  /** Writes the last piece. Without it there is no backup. */
  void finish() throws IOException {
    seal(Place.LAST);
    out.flush();
  }

  private void seal(Place place) throws IOException {
    out.write(sealing.seal(number, place, piece, filled));
    number++;
    filled = 0;
  }
}
