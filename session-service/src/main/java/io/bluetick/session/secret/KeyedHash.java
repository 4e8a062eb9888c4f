package io.bluetick.session.secret;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/** HMAC-SHA256: equal inputs are found, and nobody without the key can try inputs. */
public final class KeyedHash {
  static final String ALGORITHM = "HmacSHA256";

  private final SecretKey key;

  KeyedHash(SecretKey key) {
    this.key = key;
  }

  /** 32 bytes. */
  public byte[] of(byte[] input) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks " + ALGORITHM, e);
    }
  }
}
