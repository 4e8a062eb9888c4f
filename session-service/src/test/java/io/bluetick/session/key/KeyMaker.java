package io.bluetick.session.key;

import com.google.protobuf.ByteString;
import io.bluetick.session.secret.XEdDsaSigner;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Makes the pre-keys of one device. Only what the server looks at is real: forms and signatures.
 */
public final class KeyMaker {
  private final SecureRandom random = new SecureRandom();
  private final XEdDsaSigner identity;

  public KeyMaker(XEdDsaSigner identity) {
    this.identity = identity;
  }

  /** What a device must come with. */
  public KeySet first() {
    return new KeySet(signedPreKey(1), kyber(1), List.of(), List.of());
  }

  public SignedEcKey signedPreKey(int id) {
    ByteString key = key(0x05, EcKey.BYTES);
    return new SignedEcKey(id, key, signature(key));
  }

  public KyberKey kyber(int id) {
    ByteString key = key(0x08, KyberKey.BYTES);
    return new KyberKey(id, key, signature(key));
  }

  /** Signatures are random: it is another one. */
  public KyberKey signedAnew(KyberKey key) {
    return new KyberKey(key.id(), key.publicKey(), signature(key.publicKey()));
  }

  public EcKey ec(int id) {
    return new EcKey(id, key(0x05, EcKey.BYTES));
  }

  /** One-time keys of both kinds with these ids, the last one included. */
  public KeySet oneTime(int first, int last) {
    return oneTime(IntStream.rangeClosed(first, last).toArray());
  }

  public KeySet oneTime(int... ids) {
    return new KeySet(
        null,
        null,
        IntStream.of(ids).mapToObj(this::ec).toList(),
        IntStream.of(ids).mapToObj(this::kyber).toList());
  }

  private ByteString signature(ByteString key) {
    return ByteString.copyFrom(identity.sign(key.toByteArray()));
  }

  /** The highest bit of a Curve25519 key is clear. */
  private ByteString key(int type, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    bytes[0] = (byte) type;
    bytes[count - 1] &= 0x7F;
    return ByteString.copyFrom(bytes);
  }
}
