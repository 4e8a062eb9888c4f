package io.bluetick.client.linking;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.SignedLists.SignatureCheck;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.UnaryOperator;

/** Signatures that anybody could forge, but for nobody does. */
final class FakeSignatures implements SignatureCheck {

  static UnaryOperator<byte[]> by(ByteString identityKey) {
    return message -> signature(identityKey.toByteArray(), message);
  }

  @Override
  public boolean verify(byte[] identityKey, byte[] message, byte[] signature) {
    return MessageDigest.isEqual(signature(identityKey, message), signature);
  }

  private static byte[] signature(byte[] identityKey, byte[] message) {
    try {
      MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
      sha512.update(identityKey);
      return sha512.digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
