package io.bluetick.client.store;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM over numbered pieces under a key that is used for one file only. A piece opens only
 * in its place, with the head of its file, and as the last one only if it was sealed as that: so
 * nothing can be left out, added, moved or cut off. Not thread-safe.
 */
final class Sealing {
  static final int KEY_BYTES = 32;
  static final int TAG_BYTES = 16;

  private static final int NONCE_BYTES = 12;

  /** Whether more pieces follow; part of the nonce. */
  enum Place {
    WITHIN(0),
    LAST(1);

    private final int mark;

    Place(int mark) {
      this.mark = mark;
    }
  }

  private final Cipher cipher;
  private final SecretKey key;
  private final byte[] head;

  /**
   * The pieces of one file.
   *
   * @param head authenticated with each piece
   */
  Sealing(byte[] key, byte[] head) {
    this.key = new SecretKeySpec(key, "AES");
    this.head = head;
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /** Ciphertext and tag. */
  byte[] seal(long number, Place place, byte[] plain, int length) {
    try {
      return run(Cipher.ENCRYPT_MODE, number, place, plain, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM cannot seal", e);
    }
  }

  /** Empty if this is not what was sealed at that place under this key. */
  Optional<byte[]> open(long number, Place place, byte[] sealed, int length) {
    if (length < TAG_BYTES) {
      return Optional.empty();
    }
    try {
      return Optional.of(run(Cipher.DECRYPT_MODE, number, place, sealed, length));
    } catch (AEADBadTagException _) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM cannot open", e);
    }
  }

  private byte[] run(int mode, long number, Place place, byte[] in, int length)
      throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(NONCE_BYTES).putLong(number).putInt(place.mark).array();
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(head);
    return cipher.doFinal(in, 0, length);
  }
}
