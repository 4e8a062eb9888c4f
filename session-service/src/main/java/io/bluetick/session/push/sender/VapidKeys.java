package io.bluetick.session.push.sender;

import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.key.PrivateKeySource;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import java.io.IOException;
import java.nio.file.Path;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Reads the key pair of Web Push from its private half. */
final class VapidKeys {

  private VapidKeys() {}

  static VAPIDKeyPair read(Path file) throws IOException {
    PrivateKeySource key = PrivateKeySources.ofPEMFile(file);
    X9ECParameters curve = SECNamedCurves.getByName("secp256r1");
    byte[] point =
        new FixedPointCombMultiplier()
            .multiply(curve.getG(), key.extract().getS())
            .getEncoded(false);
    return VAPIDKeyPairs.of(key, PublicKeySources.ofUncompressedBytes(point));
  }
}
