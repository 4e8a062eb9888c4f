package io.bluetick.client.store;

import io.bluetick.client.store.Sealing.Place;
import io.bluetick.client.store.StoreException.Kind;
import io.bluetick.client.store.Stretching.Cost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * The file that holds the database's key, wrapped by a passphrase. A new passphrase wraps the same
 * key anew, so the database stays as it is; whoever has an old copy of the file can still try the
 * old passphrase.
 *
 * <pre>
 * "BTVAULT" | VERSION u8 | {@link Stretching} | AES-256-GCM of the key, the rest authenticated
 * </pre>
 */
public final class Vault {
  private static final byte[] MAGIC = "BTVAULT".getBytes(StandardCharsets.US_ASCII);
  private static final byte VERSION = 1;
  private static final int HEAD_BYTES = MAGIC.length + 1 + Stretching.BYTES;
  private static final int BYTES = HEAD_BYTES + DatabaseKey.BYTES + Sealing.TAG_BYTES;

  private final Path file;
  private final Cost cost;
  private final SecureRandom random = new SecureRandom();

  Vault(Path file) {
    this(file, Cost.USUAL);
  }

  Vault(Path file, Cost cost) {
    this.file = file;
    this.cost = cost;
  }

  public boolean exists() {
    return Files.exists(file);
  }

  /**
   * A fresh key, on the disk when this returns.
   *
   * @throws IllegalStateException if there is a vault: its key may be the only one of a database
   */
  public DatabaseKey create(char[] passphrase) {
    if (exists()) {
      throw new IllegalStateException("there is a vault already");
    }
    DatabaseKey key = DatabaseKey.generate(random);
    write(key, passphrase);
    return key;
  }

  /**
   * The key. Empty if the passphrase is not the one, or if what it wraps was altered: the two
   * cannot be told apart.
   *
   * @throws StoreException {@link Kind#CORRUPT} if the file is no vault at all, {@link Kind#NEWER}
   */
  public Optional<DatabaseKey> open(char[] passphrase) {
    byte[] stored = read();
    Stretching stretching =
        Stretching.readFrom(ByteBuffer.wrap(stored, MAGIC.length + 1, Stretching.BYTES))
            .orElseThrow(() -> new StoreException(Kind.CORRUPT, "the vault's cost is absurd"));
    byte[] wrapping = stretching.key(passphrase);
    byte[] sealed = Arrays.copyOfRange(stored, HEAD_BYTES, BYTES);
    Optional<DatabaseKey> key =
        new Sealing(wrapping, Arrays.copyOf(stored, HEAD_BYTES))
            .open(0, Place.LAST, sealed, sealed.length)
            .map(DatabaseKey::new);
    Arrays.fill(wrapping, (byte) 0);
    return key;
  }

  /** Whether {@code present} was the passphrase; if not, nothing has changed. */
  public boolean change(char[] present, char[] next) {
    Optional<DatabaseKey> key = open(present);
    key.ifPresent(known -> write(known, next));
    return key.isPresent();
  }

  private byte[] read() {
    byte[] stored;
    try (InputStream in = Files.newInputStream(file)) {
      stored = in.readNBytes(BYTES + 1);
    } catch (IOException e) {
      throw Faults.of(e, file);
    }
    if (stored.length <= MAGIC.length
        || !Arrays.equals(stored, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new StoreException(Kind.CORRUPT, "not a vault: " + file);
    }
    int version = Byte.toUnsignedInt(stored[MAGIC.length]);
    if (version > VERSION) {
      throw new StoreException(Kind.NEWER, "a vault of version " + version);
    }
    if (stored.length != BYTES || version != VERSION) {
      throw new StoreException(Kind.CORRUPT, "not the whole of a vault: " + file);
    }
    return stored;
  }

  private void write(DatabaseKey key, char[] passphrase) {
    Stretching stretching = Stretching.fresh(cost, random);
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).put(MAGIC).put(VERSION);
    stretching.writeTo(head);
    byte[] wrapping = stretching.key(passphrase);
    byte[] sealed =
        new Sealing(wrapping, head.array()).seal(0, Place.LAST, key.bytes(), DatabaseKey.BYTES);
    Arrays.fill(wrapping, (byte) 0);
    ByteBuffer whole = ByteBuffer.allocate(BYTES).put(head.array()).put(sealed).flip();
    try {
      OwnerOnly.replace(file, file.resolveSibling("vault.draft"), out -> writeAll(out, whole));
    } catch (IOException e) {
      throw Faults.of(e, file);
    }
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
