package io.bluetick.protocol.noise;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM as Noise uses it: the nonce is four zero bytes and a big-endian number. One JDK
 * cipher serves all keys, because a cipher weighs kilobytes. Not thread-safe.
 */
final class AesGcm {
  static final int KEY_BYTES = 32;
  static final int TAG_BYTES = 16;

  private static final int NONCE_BYTES = 12;
  private static final byte[] NOTHING = {};

  /** Noise keeps this number from messages, for making the next key. */
  private static final long REKEY_NONCE = -1;

  private final Cipher cipher;
  private final CurrentKey current = new CurrentKey();
  private final byte[] iv = new byte[NONCE_BYTES];

  AesGcm() {
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /** Sets the key, which lies somewhere in an array, and the number for the next operation. */
  AesGcm with(byte[] keys, int keyOffset, long nonce) {
    current.keys = keys;
    current.offset = keyOffset;
    for (int i = 0; i < Long.BYTES; i++) {
      iv[NONCE_BYTES - 1 - i] = (byte) (nonce >>> (8 * i));
    }
    return this;
  }

  /** Writes ciphertext and tag. */
  void seal(byte[] associated, byte[] in, int off, int len, byte[] out, int outOff) {
    try {
      run(Cipher.ENCRYPT_MODE, associated, in, off, len, out, outOff);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM cannot seal", e);
    }
  }

  /** Whether the tag is right. If not, no plaintext is written. */
  boolean open(byte[] associated, byte[] in, int off, int len, byte[] out, int outOff) {
    try {
      run(Cipher.DECRYPT_MODE, associated, in, off, len, out, outOff);
      return true;
    } catch (AEADBadTagException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM cannot open", e);
    }
  }

  /** Replaces a key by its successor, from which it cannot be computed: REKEY of Noise. */
  void rekey(byte[] keys, int keyOffset) {
    byte[] next = new byte[KEY_BYTES + TAG_BYTES];
    with(keys, keyOffset, REKEY_NONCE).seal(NOTHING, next, 0, KEY_BYTES, next, 0);
    System.arraycopy(next, 0, keys, keyOffset, KEY_BYTES);
    Arrays.fill(next, (byte) 0);
  }

  private void run(int mode, byte[] associated, byte[] in, int off, int len, byte[] out, int outOff)
      throws GeneralSecurityException {
    try {
      cipher.init(mode, current, new GCMParameterSpec(8 * TAG_BYTES, iv));
      if (associated.length > 0) {
        cipher.updateAAD(associated);
      }
      cipher.doFinal(in, off, len, out, outOff);
    } finally {
      current.keys = NOTHING;
    }
  }

  /** The key of the operation under way, so that none is kept as an object of its own. */
  private static final class CurrentKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private transient byte[] keys = NOTHING;
    private transient int offset;

    @Override
    public String getAlgorithm() {
      return "AES";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    /** A copy each time: the cipher overwrites what it is given. */
    @Override
    public byte[] getEncoded() {
      return Arrays.copyOfRange(keys, offset, offset + KEY_BYTES);
    }
  }
}
