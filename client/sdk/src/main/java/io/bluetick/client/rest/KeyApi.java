package io.bluetick.client.rest;

import com.google.protobuf.ByteString;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Pre-keys: a device's own, and those of whom it wants to write to. */
public final class KeyApi {
  private static final String KEYS = "/v1/keys";

  private final Api api;
  private final AccessTokens tokens;

  public KeyApi(Api api, AccessTokens tokens) {
    this.api = api;
    this.tokens = tokens;
  }

  /** How many one-time keys of the device are in stock. */
  public record KeyCounts(int ecOneTime, int kyberOneTime) {}

  /**
   * What it takes to write to an account.
   *
   * @param listVersion what the server routes by; higher than that of the signed list if a device
   *     went without the primary
   * @param signedList to check the devices by; nothing of this was verified yet
   * @param devices by number, without those that have not uploaded keys
   */
  public record Bundles(long listVersion, SignedDeviceList signedList, List<Bundle> devices) {
    public Bundles {
      Forms.present("signedList", signedList);
      devices = List.copyOf(devices);
    }
  }

  /**
   * What it takes to begin a session with one device.
   *
   * @param registration what libsignal calls a registration id
   * @param identityKey to be compared with the list, 33 bytes
   * @param ecOneTime null when the device has none left
   * @param kyberIsLastResort whether the Kyber key is used by others too
   */
  public record Bundle(
      int device,
      int registration,
      ByteString identityKey,
      SignedEcKey signedPreKey,
      @Nullable EcKey ecOneTime,
      KyberKey kyber,
      boolean kyberIsLastResort) {
    public Bundle {
      if (device < 0 || device > DeviceAddress.MAX_DEVICE) {
        throw new IllegalArgumentException("no device has the number " + device);
      }
      Forms.bytes("identityKey", Forms.EC_KEY_BYTES, identityKey);
      Forms.present("signedPreKey", signedPreKey);
      Forms.present("kyber", kyber);
    }
  }

  /**
   * Who an account's devices are; nothing of it was verified yet.
   *
   * @param listVersion as that of {@link Bundles}
   */
  public record PublishedList(long listVersion, SignedDeviceList signedList) {
    public PublishedList {
      Forms.present("signedList", signedList);
    }
  }

  private record CheckJson(ByteString sha256) {}

  private record AskJson(AccountId account, @Nullable Set<Integer> devices) {}

  /**
   * Uploads; may be repeated. Fails with {@code bad-signature}, with {@code conflict} if another
   * key has one of the ids, and with {@code too-many} if the stock would be.
   */
  public KeyCounts upload(KeySet keys) {
    return tokens.with(
        token -> api.ask(Call.put("uploadKeys", KEYS, keys).by(token), KeyCounts.class));
  }

  public KeyCounts counts() {
    return tokens.with(
        token -> api.ask(Call.get("countKeys", KEYS + "/counts").by(token), KeyCounts.class));
  }

  /**
   * Whether the server has these very keys as the device's. If not, they are to be uploaded anew.
   */
  public boolean isSame(ByteString identityKey, SignedEcKey signedPreKey, KyberKey lastResort) {
    CheckJson check = new CheckJson(digest(identityKey, signedPreKey, lastResort));
    try {
      tokens.with(token -> {
        api.tell(Call.post("checkKeys", KEYS + "/check", check).by(token));
        return true;
      });
      return true;
    } catch (RefusedException e) {
      if (e.is(ErrorCode.CONFLICT)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Takes the bundles of an account's devices, and with each one-time keys. Of one's own account
   * those of the other devices. Not repeated by itself: each call uses keys up. Fails with {@code
   * not-found} if there is no such account.
   *
   * @param devices the numbers of those that are wanted; none: all
   */
  public Bundles bundles(AccountId account, Set<Integer> devices) {
    AskJson ask = new AskJson(account, devices.isEmpty() ? null : new TreeSet<>(devices));
    return tokens.with(token ->
        api.ask(Call.post("takeBundles", KEYS + "/bundles", ask).by(token), Bundles.class));
  }

  /** Takes no keys. Fails with {@code not-found} if there is no such account. */
  public PublishedList list(AccountId account) {
    return tokens.with(token ->
        api.ask(Call.get("readList", KEYS + "/lists/" + account).by(token), PublishedList.class));
  }

  private static ByteString digest(
      ByteString identityKey, SignedEcKey signedPreKey, KyberKey lastResort) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(identityKey.toByteArray());
      sha256.update(bigEndian(signedPreKey.id()));
      sha256.update(signedPreKey.publicKey().toByteArray());
      sha256.update(bigEndian(lastResort.id()));
      sha256.update(lastResort.publicKey().toByteArray());
      return ByteString.copyFrom(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] bigEndian(long id) {
    return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
  }
}
