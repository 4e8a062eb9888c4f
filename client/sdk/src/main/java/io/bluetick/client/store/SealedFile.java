package io.bluetick.client.store;

import com.google.protobuf.ByteString;
import io.bluetick.client.store.StoreException.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A file that is encrypted for others, under a key that is used for it alone: what lies in the
 * server's store of media. Zeros follow what was in it, so that its length says little.
 */
public final class SealedFile {
  public static final int KEY_BYTES = Sealing.KEY_BYTES;

  /** Authenticated with each piece, so that nothing else that is sealed passes for this. */
  private static final byte[] HEAD = "bluetick.v1.blob".getBytes(StandardCharsets.US_ASCII);

  /** Below it all look alike. */
  private static final long SHORTEST = 512;

  private SealedFile() {}

  /**
   * What was written.
   *
   * @param plainBytes of what was read, which may have grown since somebody looked
   */
  public record Made(long plainBytes, long bytes, ByteString sha256) {}

  /** How long a file of this length is when it is sealed. */
  public static long sealedBytes(long plainBytes) {
    long padded = padded(plainBytes);
    long pieces = Math.max(1, (padded + SealedOutput.PIECE_BYTES - 1) / SealedOutput.PIECE_BYTES);
    return padded + pieces * Sealing.TAG_BYTES;
  }

  /** As Padmé: few lengths are told apart, and at most an eighth is added, the less the longer. */
  private static long padded(long plainBytes) {
    long length = Math.max(SHORTEST, plainBytes);
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(length);
    int kept = Integer.SIZE - Integer.numberOfLeadingZeros(exponent);
    long mask = (1L << (exponent - kept)) - 1;
    return (length + mask) & ~mask;
  }

  /**
   * Encrypts a file into another one, in a folder that is there.
   *
   * @throws StoreException {@link Kind#FULL} if there is no room for it
   */
  public static Made seal(Path plain, Path sealed, ByteString key) {
    MessageDigest digest = sha256();
    long length;
    try {
      Files.deleteIfExists(sealed);
      try (InputStream in = Files.newInputStream(plain);
          OutputStream out =
              new DigestOutputStream(Files.newOutputStream(OwnerOnly.file(sealed)), digest)) {
        SealedOutput sealing = new SealedOutput(out, new Sealing(key.toByteArray(), HEAD));
        length = in.transferTo(sealing);
        byte[] zeros = new byte[SealedOutput.PIECE_BYTES];
        for (long left = padded(length) - length; left > 0; left -= zeros.length) {
          sealing.write(zeros, 0, (int) Math.min(left, zeros.length));
        }
        sealing.finish();
      }
      try (FileChannel written = FileChannel.open(sealed, StandardOpenOption.WRITE)) {
        // Its message is on the disk soon; then this must be, too.
        written.force(true);
      }
      return new Made(length, Files.size(sealed), ByteString.copyFrom(digest.digest()));
    } catch (IOException e) {
      throw Faults.of(e, sealed);
    }
  }

  /**
   * Decrypts into a file, which is there afterwards only if it is whole. False if this is not what
   * was sealed under this key, or not of that length or digest.
   *
   * @param length of what was sealed
   * @throws StoreException {@link Kind#FULL} if there is no room for it
   */
  public static boolean open(
      Path sealed, ByteString key, long length, ByteString sha256, Path plain) {
    MessageDigest digest = sha256();
    boolean isWhole = false;
    try (InputStream in =
        new DigestInputStream(new BufferedInputStream(Files.newInputStream(sealed)), digest)) {
      SealedInput opened = new SealedInput(in, new Sealing(key.toByteArray(), HEAD));
      isWhole =
          write(opened, length, plain)
              && MessageDigest.isEqual(digest.digest(), sha256.toByteArray());
      return isWhole;
    } catch (DamagedBackupException _) {
      return false;
    } catch (IOException e) {
      throw Faults.of(e, plain);
    } finally {
      if (!isWhole) {
        plain.toFile().delete();
      }
    }
  }

  /** False if it is shorter, or something follows that is no padding. */
  private static boolean write(InputStream in, long length, Path plain) throws IOException {
    Files.deleteIfExists(plain);
    OwnerOnly.file(plain);
    byte[] buffer = new byte[SealedOutput.PIECE_BYTES];
    byte[] zeros = new byte[SealedOutput.PIECE_BYTES];
    long left = length;
    try (OutputStream out = Files.newOutputStream(plain)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        int wanted = (int) Math.min(left, read);
        out.write(buffer, 0, wanted);
        left -= wanted;
        if (!Arrays.equals(buffer, wanted, read, zeros, 0, read - wanted)) {
          return false;
        }
      }
    }
    return left == 0;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
