package io.bluetick.session.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class XEdDsaTest {

  /** One line of the file; key, message and signature are in hexadecimal digits. */
  record Vector(String verdict, String about, String key, String message, String signature) {

    private static Vector of(String line) {
      String[] parts = line.split(" ", -1);
      return new Vector(parts[0], parts[1], parts[2], parts[3], parts[4]);
    }

    private boolean isGood() {
      return verdict.equals("good");
    }

    private static byte[] bytes(String digits) {
      return digits.equals("-") ? new byte[0] : HexFormat.of().parseHex(digits);
    }

    private boolean isVerified() {
      return XEdDsa.verify(bytes(key), bytes(message), bytes(signature));
    }

    @Override
    public String toString() {
      return verdict + " " + about;
    }
  }

  static List<Vector> vectors() throws IOException {
    try (InputStream file = XEdDsaTest.class.getResourceAsStream("xeddsa.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(Vector::of)
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void it_agrees_with_libsignal(Vector vector) {
    assertThat(vector.isVerified()).isEqualTo(vector.isGood());
  }

  @Test
  void both_signs_of_the_edwards_key_occur_among_the_vectors() throws IOException {
    assertThat(vectors().stream().filter(Vector::isGood))
        .hasSizeGreaterThan(20)
        .extracting(vector -> Vector.bytes(vector.signature())[63] < 0)
        .contains(true, false);
  }

  @Test
  void what_the_signer_of_the_tests_makes_is_good_until_a_bit_is_altered() {
    SecureRandom secrets = new SecureRandom();
    Random random = new Random(7);
    for (int run = 0; run < 50; run++) {
      XEdDsaSigner signer = XEdDsaSigner.generate(secrets);
      byte[] message = new byte[1 + random.nextInt(200)];
      random.nextBytes(message);
      byte[] signature = signer.sign(message);
      byte[] key = signer.publicKey33();
      assertThat(XEdDsa.verify(key, message, signature)).isTrue();
      assertThat(XEdDsa.verify(key, message, altered(signature, random))).isFalse();
      assertThat(XEdDsa.verify(key, altered(message, random), signature)).isFalse();
      assertThat(XEdDsa.verify(altered(key, random), message, signature)).isFalse();
    }
  }

  @Test
  void lengths_and_the_type_byte_are_checked() {
    XEdDsaSigner signer = XEdDsaSigner.generate(new SecureRandom());
    byte[] message = {1, 2, 3};
    byte[] signature = signer.sign(message);
    byte[] key = signer.publicKey33();
    assertThat(XEdDsa.verify(new byte[0], message, signature)).isFalse();
    assertThat(XEdDsa.verify(Arrays.copyOf(key, 32), message, signature)).isFalse();
    assertThat(XEdDsa.verify(Arrays.copyOfRange(key, 1, 33), message, signature)).isFalse();
    assertThat(XEdDsa.verify(Arrays.copyOf(key, 34), message, signature)).isFalse();
    assertThat(XEdDsa.verify(key, message, new byte[0])).isFalse();
    assertThat(XEdDsa.verify(key, message, Arrays.copyOf(signature, 63))).isFalse();
    key[0] = 0x06;
    assertThat(XEdDsa.isPublicKey(key)).isFalse();
    assertThat(XEdDsa.verify(key, message, signature)).isFalse();
  }

  private static byte[] altered(byte[] bytes, Random random) {
    byte[] altered = bytes.clone();
    altered[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return altered;
  }
}
