package io.bluetick.bench.member;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;

/**
 * A device's identity key: Curve25519 in libsignal's form, signing by XEdDSA.
 *
 * <p>It is a pair of Ed25519 seen from Curve25519. A signature is an ordinary one of Ed25519; since
 * the form of Curve25519 has lost the sign of x, the signature carries it in its highest bit.
 */
final class IdentityKey {
  private static final String ALGORITHM = "Ed25519";
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final byte CURVE_25519 = 0x05;
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  private final PrivateKey secret;
  private final byte[] publicKey;
  private final boolean isOdd;

  private IdentityKey(KeyPair pair) {
    EdECPublicKey edwards = (EdECPublicKey) pair.getPublic();
    this.secret = pair.getPrivate();
    this.publicKey = montgomery(edwards.getPoint().getY());
    this.isOdd = edwards.getPoint().isXOdd();
  }

  static IdentityKey generate() {
    try {
      return new IdentityKey(KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** 33 bytes. */
  byte[] publicKey() {
    return publicKey.clone();
  }

  /** 64 bytes. */
  byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(secret);
      signer.update(message);
      byte[] signature = signer.sign();
      signature[SIGNATURE_BYTES - 1] |= (byte) (isOdd ? 0x80 : 0);
      return signature;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** u = (1 + y) / (1 − y), little endian, behind the type. */
  private static byte[] montgomery(BigInteger y) {
    BigInteger u = BigInteger.ONE.add(y).multiply(BigInteger.ONE.subtract(y).modInverse(P)).mod(P);
    byte[] key = new byte[1 + KEY_BYTES];
    key[0] = CURVE_25519;
    byte[] bigEndian = u.toByteArray();
    for (int i = 0; i < bigEndian.length && i < KEY_BYTES; i++) {
      key[1 + i] = bigEndian[bigEndian.length - 1 - i];
    }
    return key;
  }
}
