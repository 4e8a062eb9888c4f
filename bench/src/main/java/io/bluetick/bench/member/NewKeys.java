package io.bluetick.bench.member;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.SignedLists;
import io.bluetick.protocol.noise.StaticKeys;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The keys of a new device, as its registration carries them. The pre-keys are random bytes that
 * pass for keys: nobody will ever encrypt for them.
 */
final class NewKeys {
  private static final byte CURVE_25519 = 0x05;
  private static final byte KYBER_1024 = 0x08;
  private static final int CURVE_BYTES = 32;
  private static final int KYBER_BYTES = 1568;

  private final SecureRandom random;
  private final IdentityKey identity = IdentityKey.generate();
  private final StaticKeys noise;

  NewKeys(SecureRandom random) {
    this.random = random;
    this.noise = StaticKeys.generate(random);
  }

  StaticKeys noise() {
    return noise;
  }

  /** Who the device is. */
  Map<String, Object> offer() {
    return Map.of(
        "identityKey",
        base64(identity.publicKey()),
        "noiseKey",
        base64(noise.publicKey()),
        "name",
        "benchmark",
        "platform",
        "other");
  }

  /** As a list of the account's devices has it. */
  ListedDevice listed(int number) {
    return ListedDevice.newBuilder()
        .setDevice(number)
        .setIdentityKey(ByteString.copyFrom(identity.publicKey()))
        .setNoiseKey(ByteString.copyFrom(noise.publicKey()))
        .build();
  }

  /** The list of an account whose primary has these keys. */
  Map<String, Object> signedList(AccountId account, long version, List<ListedDevice> devices) {
    ByteString list =
        DeviceList.newBuilder()
            .setAccount(account.bytes())
            .setVersion(version)
            .addAllDevices(devices)
            .build()
            .toByteString();
    byte[] signature = identity.sign(SignedLists.signedBytes(list).toByteArray());
    return Map.of("list", base64(list.toByteArray()), "signature", base64(signature));
  }

  /** So many one-time keys of each kind, and the two that are not used up. */
  Map<String, Object> keySet(int oneTimeKeys) {
    List<Map<String, Object>> curve = new ArrayList<>();
    List<Map<String, Object>> kyber = new ArrayList<>();
    for (int id = 1; id <= oneTimeKeys; id++) {
      curve.add(Map.of("id", id, "publicKey", base64(typed(CURVE_25519, curvePoint()))));
      kyber.add(signed(id, kyberKey()));
    }
    return Map.of(
        "signedPreKey",
        signed(1, typed(CURVE_25519, curvePoint())),
        "lastResortKyber",
        signed(oneTimeKeys + 1, kyberKey()),
        "ecOneTime",
        curve,
        "kyberOneTime",
        kyber);
  }

  private Map<String, Object> signed(int id, byte[] key) {
    return Map.of("id", id, "publicKey", base64(key), "signature", base64(identity.sign(key)));
  }

  /** Below the field's prime, as all real ones are. */
  private byte[] curvePoint() {
    byte[] point = bytes(CURVE_BYTES);
    point[CURVE_BYTES - 1] &= 0x3f;
    return point;
  }

  private byte[] kyberKey() {
    return typed(KYBER_1024, bytes(KYBER_BYTES));
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] typed(byte type, byte[] key) {
    byte[] typed = new byte[1 + key.length];
    typed[0] = type;
    System.arraycopy(key, 0, typed, 1, key.length);
    return typed;
  }

  static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
