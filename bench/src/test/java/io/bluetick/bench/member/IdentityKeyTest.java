package io.bluetick.bench.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import org.junit.jupiter.api.RepeatedTest;

class IdentityKeyTest {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final byte[] MESSAGE = "a pre-key".getBytes(StandardCharsets.UTF_8);

  /** Several, since half of the keys have the one sign and half the other. */
  @RepeatedTest(8)
  void a_signature_is_good_for_the_key_in_libsignals_form() throws Exception {
    IdentityKey key = IdentityKey.generate();
    assertThat(key.publicKey()).hasSize(33).startsWith(0x05);
    assertThat(isGood(key.publicKey(), MESSAGE, key.sign(MESSAGE))).isTrue();
    assertThat(isGood(key.publicKey(), new byte[] {1}, key.sign(MESSAGE))).isFalse();
  }

  /** As XEdDSA says: y = (u − 1) / (u + 1), and the sign of x is the signature's highest bit. */
  private static boolean isGood(byte[] publicKey, byte[] message, byte[] signature)
      throws Exception {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = publicKey[32 - i];
    }
    BigInteger u = new BigInteger(1, bigEndian);
    BigInteger y = u.subtract(BigInteger.ONE).multiply(u.add(BigInteger.ONE).modInverse(P)).mod(P);
    boolean isOdd = signature[63] < 0;
    PublicKey edwards =
        KeyFactory.getInstance("Ed25519")
            .generatePublic(
                new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(isOdd, y)));
    byte[] plain = signature.clone();
    plain[63] &= 0x7F;
    Signature check = Signature.getInstance("Ed25519");
    check.initVerify(edwards);
    check.update(message);
    return check.verify(plain);
  }
}
