package io.bluetick.session.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one secret of this service that no database has. Whatever is sealed or hashed uses a key of
 * its own that is derived from it, so that no two purposes share one.
 */
public final class MasterKey {
  public static final int BYTES = 32;

  private final SecretKey key;

  /** Throws {@link IllegalArgumentException} unless there are 32 bytes. */
  public MasterKey(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("a master key has 32 bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, "Generic");
  }

  /** Seals for one purpose. */
  public Seal seal(String purpose) {
    return new Seal(derive("seal/" + purpose, "AES"));
  }

  /** Hashes for one purpose. */
  public KeyedHash hash(String purpose) {
    return new KeyedHash(derive("hash/" + purpose, KeyedHash.ALGORITHM));
  }

  private SecretKey derive(String purpose, String algorithm) {
    byte[] info = ("bluetick/" + purpose).getBytes(StandardCharsets.UTF_8);
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(algorithm, HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(info, BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks HKDF", e);
    }
  }

  @Override
  public String toString() {
    return "MasterKey";
  }
}
