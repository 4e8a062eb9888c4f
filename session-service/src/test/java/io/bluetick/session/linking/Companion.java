package io.bluetick.session.linking;

import com.google.protobuf.ByteString;
import io.bluetick.session.OwnedAccount;
import io.bluetick.session.account.NewDevice;
import io.bluetick.session.key.KeyMaker;
import io.bluetick.session.secret.XEdDsaSigner;
import java.security.SecureRandom;

/** A device that wants to be linked. */
final class Companion {
  private final XEdDsaSigner identity = XEdDsaSigner.generate(new SecureRandom());
  private final KeyMaker keys = new KeyMaker(identity);
  private final ByteString noiseKey = OwnedAccount.randomBytes(32);
  private final ByteString confirmation = OwnedAccount.randomBytes(32);
  private final OfferJson offer = offerSignedBy(this);

  NewDevice device() {
    return new NewDevice(noiseKey, identityKey(), "laptop", "linux");
  }

  OfferJson offer() {
    return offer;
  }

  /** Its own keys, signed by another. */
  final OfferJson offerSignedBy(Companion signer) {
    return new OfferJson(
        noiseKey,
        identityKey(),
        "laptop",
        "linux",
        signer.keys.signedPreKey(1),
        signer.keys.kyber(2),
        confirmation);
  }

  private ByteString identityKey() {
    return ByteString.copyFrom(identity.publicKey33());
  }
}
