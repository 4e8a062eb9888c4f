package io.bluetick.client.rest;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.util.Arrays;
import java.util.Base64;

/** Values of the right form. */
public final class Samples {
  public static final AccountId ACCOUNT = AccountId.parse("0f8fad5bd9cb469fa16570867728950e");
  static final String SESSION = "6f1d2c3b4a5968778695a4b3c2d1e0ff";
  static final String ADDRESS = "ABEiM0RVZneImaq7zN3u_w";
  static final String SECRET = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  static final SignedDeviceList LIST =
      SignedDeviceList.newBuilder().setList(bytes(3, 9)).setSignature(bytes(64, 8)).build();

  private Samples() {}

  public static ByteString bytes(int count, int value) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return ByteString.copyFrom(bytes);
  }

  /** As JSON has it. */
  static String base64(int count, int value) {
    return Base64.getEncoder().encodeToString(bytes(count, value).toByteArray());
  }

  public static SignedEcKey signedPreKey() {
    return new SignedEcKey(3, bytes(33, 5), bytes(64, 6));
  }

  public static KyberKey kyber(int id) {
    return new KyberKey(id, bytes(1569, 7), bytes(64, 6));
  }

  static String signedPreKeyJson() {
    return """
    {"id":3,"publicKey":"%s","signature":"%s"}\
    """
        .formatted(base64(33, 5), base64(64, 6));
  }

  static String kyberJson(int id) {
    return """
    {"id":%d,"publicKey":"%s","signature":"%s"}\
    """
        .formatted(id, base64(1569, 7), base64(64, 6));
  }

  static String listJson() {
    return """
    {"list":"%s","signature":"%s"}\
    """
        .formatted(base64(3, 9), base64(64, 8));
  }

  static Offer offer() {
    return new Offer(
        bytes(32, 1), bytes(33, 2), "laptop", "linux", signedPreKey(), kyber(4), bytes(32, 3));
  }

  static String offerJson() {
    return """
    {"noiseKey":"%s","identityKey":"%s","name":"laptop","platform":"linux",
     "signedPreKey":%s,"lastResortKyber":%s,"confirmation":"%s"}\
    """
        .formatted(base64(32, 1), base64(33, 2), signedPreKeyJson(), kyberJson(4), base64(32, 3));
  }
}
