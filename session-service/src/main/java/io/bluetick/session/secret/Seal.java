package io.bluetick.session.secret;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts what the database must not be able to tell (AES-256-GCM).
 *
 * <pre>
 * sealed = format (1 byte, 1) | nonce (12) | ciphertext | tag (16)
 * </pre>
 *
 * The context is bound to what is sealed, so that a sealed value does not open in another row.
 */
public final class Seal {
  private static final byte FORMAT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int HEAD_BYTES = 1 + NONCE_BYTES;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  Seal(SecretKey key) {
    this.key = key;
  }

  public byte[] seal(byte[] plain, byte[] context) {
    byte[] head = new byte[HEAD_BYTES];
    random.nextBytes(head);
    head[0] = FORMAT;
    try {
      byte[] body = cipher(Cipher.ENCRYPT_MODE, head, context).doFinal(plain);
      byte[] sealed = Arrays.copyOf(head, head.length + body.length);
      System.arraycopy(body, 0, sealed, head.length, body.length);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /** Throws {@link IllegalStateException} if it was sealed otherwise, elsewhere, or altered. */
  public byte[] open(byte[] sealed, byte[] context) {
    if (sealed.length < HEAD_BYTES || sealed[0] != FORMAT) {
      throw new IllegalStateException("not a sealed value");
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, sealed, context)
          .doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a sealed value does not open: another master key?", e);
    }
  }

  private Cipher cipher(int mode, byte[] head, byte[] context) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, head, 1, NONCE_BYTES));
    cipher.updateAAD(context);
    return cipher;
  }
}
