package io.bluetick.session.secret;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc7748.X25519Field;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * XEdDSA: signatures by Curve25519 keys, as libsignal makes them with an identity key.
 *
 * <p>The key is a Montgomery u; the Edwards key that Ed25519 needs has y = (u - 1) / (u + 1) and
 * the sign that the signer put into the highest bit of the signature. What is left is an ordinary
 * Ed25519 signature.
 *
 * <p>Stricter than libsignal in what no honest signer makes: u and s must be below their moduli, so
 * that a key or a signature has one spelling, and keys of low order are refused.
 */
public final class XEdDsa {

  /** Libsignal's type byte of Curve25519, and the 32 bytes of u. */
  public static final int PUBLIC_KEY_BYTES = 33;

  public static final int SIGNATURE_BYTES = 64;

  private static final byte CURVE25519 = 0x05;
  private static final int SIGN_BIT = 0x80;

  private XEdDsa() {}

  /** False as well if the key or the signature is malformed. Takes a tenth of a millisecond. */
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    if (!isPublicKey(publicKey) || signature.length != SIGNATURE_BYTES) {
      return false;
    }
    int sign = signature[SIGNATURE_BYTES - 1] & SIGN_BIT;
    byte[] edwards = edwards(publicKey);
    edwards[edwards.length - 1] |= (byte) sign;
    byte[] plain = signature.clone();
    plain[SIGNATURE_BYTES - 1] ^= (byte) sign;
    return Ed25519.verify(plain, 0, edwards, 0, message, 0, message.length);
  }

  /** Whether these bytes spell a key; 0 to p - 1 are all there are. */
  public static boolean isPublicKey(byte[] publicKey) {
    if (publicKey.length != PUBLIC_KEY_BYTES || publicKey[0] != CURVE25519) {
      return false;
    }
    byte[] canonical = new byte[PUBLIC_KEY_BYTES];
    canonical[0] = CURVE25519;
    X25519Field.encode(u(publicKey), canonical, 1);
    return Arrays.equals(canonical, publicKey);
  }

  private static int[] u(byte[] publicKey) {
    int[] u = X25519Field.create();
    X25519Field.decode255(publicKey, 1, u, 0);
    X25519Field.normalize(u);
    return u;
  }

  /** For u = -1 there is no y; the 0 that comes out, as 1 / 0 is 0 here, is of low order. */
  private static byte[] edwards(byte[] publicKey) {
    int[] u = u(publicKey);
    int[] above = X25519Field.create();
    int[] below = X25519Field.create();
    X25519Field.copy(u, 0, above, 0);
    X25519Field.copy(u, 0, below, 0);
    X25519Field.subOne(above);
    X25519Field.addOne(below);
    X25519Field.carry(above);
    X25519Field.carry(below);
    X25519Field.normalize(below);
    X25519Field.invVar(below, below);
    X25519Field.mul(above, below, above);
    X25519Field.normalize(above);
    byte[] y = new byte[Ed25519.PUBLIC_KEY_SIZE];
    X25519Field.encode(above, y, 0);
    return y;
  }
}
