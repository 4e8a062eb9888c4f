package io.bluetick.client.store;

import io.bluetick.client.store.Sealing.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What stands unencrypted in front of a backup, and is authenticated with each of its pieces.
 *
 * <pre>
 * "BTBACKUP" | FORMAT u8 | SCHEMA u32 | {@link Stretching} | tag of all this
 * pieces: 64 KiB of {@link BackupRecords} each, but for the last; each with its tag
 * </pre>
 *
 * @param format of what follows
 * @param schema version of the database that it comes from
 */
record BackupHead(int format, int schema, Stretching stretching) {
  static final int FORMAT = 1;

  private static final byte[] MAGIC = "BTBACKUP".getBytes(StandardCharsets.US_ASCII);
  private static final int BYTES = MAGIC.length + 1 + 4 + Stretching.BYTES;
  private static final byte[] NOTHING = {};

  /** Empty if this is no backup. A newer format keeps magic and number. */
  static Optional<BackupHead> readFrom(InputStream in) throws IOException {
    ByteBuffer head = ByteBuffer.wrap(in.readNBytes(BYTES));
    byte[] magic = new byte[MAGIC.length];
    if (head.remaining() < BYTES) {
      return Optional.empty();
    }
    head.get(magic);
    if (!Arrays.equals(magic, MAGIC)) {
      return Optional.empty();
    }
    int format = Byte.toUnsignedInt(head.get());
    int schema = head.getInt();
    return Stretching.readFrom(head).map(known -> new BackupHead(format, schema, known));
  }

  /** Writes it, and its tag. */
  void writeTo(OutputStream out, Sealing sealing) throws IOException {
    out.write(bytes());
    out.write(sealing.seal(0, Place.LAST, NOTHING, 0));
  }

  /** Whether the tag that follows is right, and so the passphrase. */
  static boolean isTagged(InputStream in, Sealing sealing) throws IOException {
    byte[] tag = in.readNBytes(Sealing.TAG_BYTES);
    return sealing.open(0, Place.LAST, tag, tag.length).isPresent();
  }

  Sealing sealing(char[] passphrase) {
    byte[] key = stretching.key(passphrase);
    Sealing sealing = new Sealing(key, bytes());
    Arrays.fill(key, (byte) 0);
    return sealing;
  }

  private byte[] bytes() {
    ByteBuffer head = ByteBuffer.allocate(BYTES).put(MAGIC).put((byte) format).putInt(schema);
    stretching.writeTo(head);
    return head.array();
  }
}
