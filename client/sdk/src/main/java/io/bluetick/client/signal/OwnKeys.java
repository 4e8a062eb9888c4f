package io.bluetick.client.signal;

import com.google.protobuf.ByteString;
import org.signal.libsignal.protocol.IdentityKey;
import org.signal.libsignal.protocol.IdentityKeyPair;
import org.signal.libsignal.protocol.InvalidKeyException;

/**
 * This device's identity key pair, and the registration by which others know it.
 *
 * @param registration 0 before there is one
 */
public record OwnKeys(IdentityKeyPair identity, int registration) {

  public static OwnKeys generate() {
    return new OwnKeys(IdentityKeyPair.generate(), 0);
  }

  /** What {@link #serialized} gave. */
  public static OwnKeys of(ByteString identity, int registration) {
    try {
      return new OwnKeys(new IdentityKeyPair(identity.toByteArray()), registration);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("the identity key in the store is none", e);
    }
  }

  public ByteString serialized() {
    return ByteString.copyFrom(identity.serialize());
  }

  public IdentityKey publicKey() {
    return identity.getPublicKey();
  }

  /** As lists of devices have it: 33 bytes. */
  public ByteString publicBytes() {
    return ByteString.copyFrom(publicKey().serialize());
  }

  public ByteString sign(ByteString text) {
    return ByteString.copyFrom(identity.getPrivateKey().calculateSignature(text.toByteArray()));
  }

  @Override
  public String toString() {
    return "OwnKeys";
  }
}
