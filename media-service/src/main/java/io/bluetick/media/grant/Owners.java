package io.bluetick.media.grant;

import io.bluetick.media.bucket.BlobId;
import io.bluetick.protocol.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Marks by which the account that uploaded a blob is known again. A mark is a keyed hash of the
 * account and of the blob: it lies beside the blob and goes out with it, and must tell neither
 * whose it is nor which other blobs are of the same account.
 */
final class Owners {
  private static final String HMAC = "HmacSHA256";

  private final SecretKeySpec key;

  Owners(String key) {
    this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC);
  }

  String mark(AccountId account, BlobId blob) {
    byte[] input = (account + "/" + blob).getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(input));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks " + HMAC, e);
    }
  }

  /** In a time that does not tell how much of the mark was right. */
  boolean isOf(AccountId account, BlobId blob, String mark) {
    return MessageDigest.isEqual(
        mark(account, blob).getBytes(StandardCharsets.UTF_8),
        mark.getBytes(StandardCharsets.UTF_8));
  }
}
