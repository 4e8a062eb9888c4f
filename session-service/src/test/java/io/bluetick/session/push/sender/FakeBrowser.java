package io.bluetick.session.push.sender;

import com.zerodeplibs.webpush.key.PublicKeySources;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The receiving end of Web Push (RFC 8291, RFC 8188), written from the standards. */
final class FakeBrowser {
  private static final int SALT_BYTES = 16;

  private final KeyPair keys;
  private final byte[] publicKey;
  private final byte[] auth = new byte[16];

  FakeBrowser() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    publicKey =
        PublicKeySources.ofECPublicKey((ECPublicKey) keys.getPublic())
            .extractBytesInUncompressedForm();
    new SecureRandom().nextBytes(auth);
  }

  String p256dh() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(publicKey);
  }

  String auth() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(auth);
  }

  String decrypt(byte[] message) throws GeneralSecurityException {
    ByteBuffer in = ByteBuffer.wrap(message);
    byte[] salt = take(in, SALT_BYTES);
    in.getInt(); // The size of a record; there is but one.
    byte[] sender = take(in, in.get());
    byte[] shared = agree(sender);
    byte[] info = concat(bytes("WebPush: info\0"), publicKey, sender);
    byte[] input = derive(auth, shared, info, 32);
    SecretKey key =
        new SecretKeySpec(derive(salt, input, bytes("Content-Encoding: aes128gcm\0"), 16), "AES");
    byte[] nonce = derive(salt, input, bytes("Content-Encoding: nonce\0"), 12);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce));
    byte[] padded = cipher.doFinal(take(in, in.remaining()));
    int end = padded.length;
    while (padded[end - 1] == 0) {
      end--;
    }
    return new String(padded, 0, end - 1, StandardCharsets.UTF_8);
  }

  private byte[] agree(byte[] sender) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(keys.getPrivate());
    agreement.doPhase(PublicKeySources.ofUncompressedBytes(sender).extract(), true);
    return agreement.generateSecret();
  }

  private static byte[] derive(byte[] salt, byte[] input, byte[] info, int length)
      throws GeneralSecurityException {
    return KDF.getInstance("HKDF-SHA256")
        .deriveData(
            HKDFParameterSpec.ofExtract().addSalt(salt).addIKM(input).thenExpand(info, length));
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] concat(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }
}
