package io.bluetick.client.store;

import io.bluetick.client.store.Sealing.Place;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decrypts what {@link SealedOutput} wrote. Nothing is handed out that was not authenticated, and
 * the end is told only if it is the writer's end.
 */
final class SealedInput extends InputStream {
  private static final int SEALED_BYTES = SealedOutput.PIECE_BYTES + Sealing.TAG_BYTES;

  private final InputStream in;
  private final Sealing sealing;
  private byte[] ahead;
  private byte[] piece = {};
  private int read;
  private long number = SealedOutput.FIRST;

  SealedInput(InputStream in, Sealing sealing) throws IOException {
    this.in = in;
    this.sealing = sealing;
    this.ahead = in.readNBytes(SEALED_BYTES);
    open();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) == -1 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int off, int len) throws IOException {
    if (len == 0) {
      return 0;
    }
    if (read == piece.length) {
      if (ahead.length == 0) {
        return -1;
      }
      open();
    }
    int given = Math.min(len, piece.length - read);
    System.arraycopy(piece, read, bytes, off, given);
    read += given;
    return given;
  }

  /** The next piece is the last one if the file ends after it. */
  private void open() throws IOException {
    byte[] sealed = ahead;
    ahead = in.readNBytes(SEALED_BYTES);
    piece =
        sealing
            .open(number, ahead.length == 0 ? Place.LAST : Place.WITHIN, sealed, sealed.length)
            .orElseThrow(() -> new DamagedBackupException("piece " + number + " is not genuine"));
    number++;
    read = 0;
  }
}
