package io.bluetick.session.secret;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A key pair that signs as libsignal's identity keys do. Textbook arithmetic, a few milliseconds
 * per signature, neither constant in time nor meant for anything but tests.
 */
public final class XEdDsaSigner {

  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
  private static final Point BASE =
      Point.of(
          new BigInteger(
              "15112221349535400772501151409588531511454012693041857206046113283949847762202"),
          BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P));

  private final SecureRandom random;
  private final byte[] secret;
  private final byte[] edwardsKey;
  private final byte[] publicKey;

  private XEdDsaSigner(byte[] secret, SecureRandom random) {
    this.random = random;
    this.secret = secret;
    Point point = BASE.times(number(secret));
    this.edwardsKey = point.encoded();
    this.publicKey = point.montgomery();
  }

  public static XEdDsaSigner generate(SecureRandom random) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    secret[0] &= (byte) 0xF8;
    secret[31] = (byte) ((secret[31] & 0x7F) | 0x40);
    return new XEdDsaSigner(secret, random);
  }

  /** With libsignal's type byte. */
  public byte[] publicKey33() {
    return publicKey.clone();
  }

  public byte[] sign(byte[] message) {
    byte[] domain = new byte[32];
    Arrays.fill(domain, (byte) 0xFF);
    domain[0] = (byte) 0xFE;
    byte[] noise = new byte[64];
    random.nextBytes(noise);
    BigInteger r = number(sha512(domain, secret, message, noise)).mod(ORDER);
    byte[] commitment = BASE.times(r).encoded();
    BigInteger h = number(sha512(commitment, edwardsKey, message)).mod(ORDER);
    BigInteger s = h.multiply(number(secret)).add(r).mod(ORDER);
    byte[] signature = Arrays.copyOf(commitment, 64);
    System.arraycopy(bytes(s), 0, signature, 32, 32);
    signature[63] |= (byte) (edwardsKey[31] & 0x80);
    return signature;
  }

  private static byte[] sha512(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static BigInteger number(byte[] littleEndian) {
    return new BigInteger(1, reversed(littleEndian));
  }

  private static byte[] bytes(BigInteger number) {
    return Arrays.copyOf(reversed(number.toByteArray()), 32);
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  /** Of the curve -x² + y² = 1 + d x² y², in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. */
  private record Point(BigInteger x, BigInteger y, BigInteger z, BigInteger t) {

    private static final Point NEUTRAL = of(BigInteger.ZERO, BigInteger.ONE);

    private static Point of(BigInteger x, BigInteger y) {
      return new Point(x, y, BigInteger.ONE, x.multiply(y).mod(P));
    }

    private Point plus(Point other) {
      BigInteger a = x.multiply(other.x).mod(P);
      BigInteger b = y.multiply(other.y).mod(P);
      BigInteger c = t.multiply(other.t).multiply(D).mod(P);
      BigInteger d = z.multiply(other.z).mod(P);
      BigInteger e = x.add(y).multiply(other.x.add(other.y)).subtract(a).subtract(b).mod(P);
      BigInteger f = d.subtract(c);
      BigInteger g = d.add(c);
      BigInteger h = b.add(a);
      return new Point(
          e.multiply(f).mod(P), g.multiply(h).mod(P), f.multiply(g).mod(P), e.multiply(h).mod(P));
    }

    private Point times(BigInteger factor) {
      Point sum = NEUTRAL;
      for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
        sum = sum.plus(sum);
        sum = factor.testBit(bit) ? sum.plus(this) : sum;
      }
      return sum;
    }

    private byte[] encoded() {
      BigInteger inverse = z.modInverse(P);
      byte[] encoded = bytes(y.multiply(inverse).mod(P));
      encoded[31] |= (byte) (x.multiply(inverse).mod(P).testBit(0) ? 0x80 : 0);
      return encoded;
    }

    private byte[] montgomery() {
      byte[] key = new byte[33];
      key[0] = 0x05;
      BigInteger u = z.add(y).multiply(z.subtract(y).modInverse(P)).mod(P);
      System.arraycopy(bytes(u), 0, key, 1, 32);
      return key;
    }
  }
}
