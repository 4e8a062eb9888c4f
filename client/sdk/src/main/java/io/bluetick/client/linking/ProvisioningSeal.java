package io.bluetick.client.linking;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.bluetick.client.linking.v1.Provisioning;
import io.bluetick.client.linking.v1.SealedProvisioning;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * Encrypts and decrypts the provisioning message, as {@code linking.proto} describes. The nonce
 * comes with the key, because a key is used for one message.
 */
final class ProvisioningSeal {
  static final int KEY_BYTES = X25519.POINT_SIZE;

  private static final int VERSION = 1;
  private static final byte[] CONTEXT =
      "bluetick.v1.linking.provisioning".getBytes(StandardCharsets.US_ASCII);
  private static final int CIPHER_KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private ProvisioningSeal() {}

  static ByteString publicKey(byte[] secretKey) {
    byte[] publicKey = new byte[KEY_BYTES];
    X25519.generatePublicKey(secretKey, 0, publicKey, 0);
    return ByteString.copyFrom(publicKey);
  }

  static byte[] newSecretKey(SecureRandom random) {
    byte[] secretKey = new byte[KEY_BYTES];
    X25519.generatePrivateKey(random, secretKey);
    return secretKey;
  }

  /** The primary's part. Throws {@link LinkingException} if the code's key is none. */
  static ByteString seal(LinkingCode code, Provisioning provisioning, SecureRandom random) {
    byte[] secretKey = newSecretKey(random);
    try {
      ByteString ephemeralKey = publicKey(secretKey);
      byte[] shared = agree(secretKey, code.ephemeralKey());
      byte[] sealed =
          run(
              Cipher.ENCRYPT_MODE,
              material(shared, code, ephemeralKey),
              provisioning.toByteArray());
      return SealedProvisioning.newBuilder()
          .setVersion(VERSION)
          .setEphemeralKey(ephemeralKey)
          .setSealed(ByteString.copyFrom(sealed))
          .build()
          .toByteString();
    } catch (AEADBadTagException e) {
      throw new IllegalStateException("encrypting checks no tag", e);
    } finally {
      Arrays.fill(secretKey, (byte) 0);
    }
  }

  /** The companion's part. Throws {@link LinkingException} unless it was sealed for this code. */
  static Provisioning open(LinkingCode code, byte[] secretKey, ByteString message) {
    try {
      SealedProvisioning outer = SealedProvisioning.parseFrom(message);
      if (outer.getVersion() != VERSION) {
        throw new LinkingException(LinkingFault.UNKNOWN_VERSION);
      }
      if (outer.getEphemeralKey().size() != KEY_BYTES) {
        throw new LinkingException(LinkingFault.MALFORMED_MESSAGE);
      }
      byte[] shared = agree(secretKey, outer.getEphemeralKey());
      byte[] material = material(shared, code, outer.getEphemeralKey());
      return Provisioning.parseFrom(
          run(Cipher.DECRYPT_MODE, material, outer.getSealed().toByteArray()));
    } catch (InvalidProtocolBufferException _) {
      throw new LinkingException(LinkingFault.MALFORMED_MESSAGE);
    } catch (AEADBadTagException _) {
      throw new LinkingException(LinkingFault.FORGED_MESSAGE);
    }
  }

  private static byte[] agree(byte[] secretKey, ByteString publicKey) {
    byte[] shared = new byte[KEY_BYTES];
    if (!X25519.calculateAgreement(secretKey, 0, publicKey.toByteArray(), 0, shared, 0)) {
      throw new LinkingException(LinkingFault.LOW_ORDER_KEY);
    }
    return shared;
  }

  /** Wipes the shared secret. */
  private static byte[] material(byte[] shared, LinkingCode code, ByteString primaryKey) {
    try {
      ByteString info = code.address().concat(code.ephemeralKey()).concat(primaryKey);
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addSalt(CONTEXT)
                  .addIKM(shared)
                  .addIKM(code.confirmationKey().toByteArray())
                  .thenExpand(info.toByteArray(), CIPHER_KEY_BYTES + NONCE_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HKDF-SHA256", e);
    } finally {
      Arrays.fill(shared, (byte) 0);
    }
  }

  /** Wipes the key. */
  private static byte[] run(int mode, byte[] material, byte[] text) throws AEADBadTagException {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          mode,
          new SecretKeySpec(material, 0, CIPHER_KEY_BYTES, "AES"),
          new GCMParameterSpec(TAG_BITS, material, CIPHER_KEY_BYTES, NONCE_BYTES));
      return cipher.doFinal(text);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }
}
