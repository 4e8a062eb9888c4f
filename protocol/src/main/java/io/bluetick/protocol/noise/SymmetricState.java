package io.bluetick.protocol.noise;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The symmetric state of a handshake, with the names of the Noise specification. In IK a key is
 * agreed on before anything is encrypted, so nothing is ever "encrypted" without one.
 */
final class SymmetricState {
  private static final int HASH_BYTES = 32;
  private static final byte[] NOTHING = {};

  /** Shorter than a hash, so the first hash is the name itself, filled up with zeros. */
  private static final byte[] PROTOCOL_NAME =
      "Noise_IK_25519_AESGCM_SHA256".getBytes(StandardCharsets.US_ASCII);

  private final MessageDigest sha256;
  private final KDF hkdf;
  private final AesGcm aesGcm = new AesGcm();

  private final byte[] hash = Arrays.copyOf(PROTOCOL_NAME, HASH_BYTES);

  /** The chaining key, then the key of the cipher: what HKDF gives in one go. */
  private byte[] keys = Arrays.copyOf(hash, HASH_BYTES + AesGcm.KEY_BYTES);

  private long nonce;

  /** A state that both sides have before the first message of IK. */
  SymmetricState(byte[] prologue, byte[] responderPublicKey) {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
      hkdf = KDF.getInstance("HKDF-SHA256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 25 has SHA-256 and HKDF", e);
    }
    mixHash(prologue);
    mixHash(responderPublicKey);
  }

  void mixHash(byte[] data) {
    mixHash(data, 0, data.length);
  }

  /** Wipes the secret that it is given. */
  void mixKey(byte[] secret) {
    byte[] next = derive(secret);
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(keys, (byte) 0);
    keys = next;
    nonce = 0;
  }

  /** Writes ciphertext and tag. */
  void encryptAndHash(byte[] plaintext, byte[] out, int outOff) {
    aesGcm.with(keys, HASH_BYTES, nonce++).seal(hash, plaintext, 0, plaintext.length, out, outOff);
    mixHash(out, outOff, plaintext.length + AesGcm.TAG_BYTES);
  }

  /** The plaintext, or empty if it is not what the peer encrypted. */
  Optional<byte[]> decryptAndHash(byte[] in, int off, int len) {
    byte[] plaintext = new byte[len - AesGcm.TAG_BYTES];
    if (!aesGcm.with(keys, HASH_BYTES, nonce++).open(hash, in, off, len, plaintext, 0)) {
      return Optional.empty();
    }
    mixHash(in, off, len);
    return Optional.of(plaintext);
  }

  /** The initiator's sending key, then the responder's. The caller owns the array. */
  byte[] split() {
    return derive(NOTHING);
  }

  /** Identifies the handshake. No secret. */
  byte[] hash() {
    return hash.clone();
  }

  void wipe() {
    Arrays.fill(keys, (byte) 0);
  }

  private void mixHash(byte[] data, int off, int len) {
    sha256.update(hash);
    sha256.update(data, off, len);
    System.arraycopy(sha256.digest(), 0, hash, 0, HASH_BYTES);
  }

  /** Noise's HKDF with two outputs, which is RFC 5869 with an empty info. */
  private byte[] derive(byte[] secret) {
    byte[] chainingKey = Arrays.copyOf(keys, HASH_BYTES);
    try {
      return hkdf.deriveData(
          HKDFParameterSpec.ofExtract()
              .addSalt(chainingKey)
              .addIKM(secret)
              .thenExpand(NOTHING, HASH_BYTES + AesGcm.KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF cannot derive", e);
    } finally {
      Arrays.fill(chainingKey, (byte) 0);
    }
  }
}
