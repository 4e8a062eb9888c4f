package io.bluetick.session.key;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Objects;

/** What a device asks the server to compare. */
final class TestDigest {

  private TestDigest() {}

  static byte[] of(ByteString identityKey, KeySet set) throws GeneralSecurityException {
    SignedEcKey signed = Objects.requireNonNull(set.signedPreKey());
    KyberKey last = Objects.requireNonNull(set.lastResortKyber());
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(identityKey.toByteArray());
    digest.update(ByteBuffer.allocate(8).putLong(signed.id()).array());
    digest.update(signed.publicKey().toByteArray());
    digest.update(ByteBuffer.allocate(8).putLong(last.id()).array());
    digest.update(last.publicKey().toByteArray());
    return digest.digest();
  }
}
