package io.bluetick.client.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pre-keys to upload: what is null is left as it is, what is in the lists is added. A new device
 * comes with both keys that are not used up.
 */
public record KeySet(
    @Nullable SignedEcKey signedPreKey,
    @Nullable KyberKey lastResortKyber,
    List<EcKey> ecOneTime,
    List<KyberKey> kyberOneTime) {

  /** One-time keys of one kind that the server keeps for a device. */
  public static final int STOCK_LIMIT = 100;

  public KeySet {
    ecOneTime = List.copyOf(ecOneTime);
    kyberOneTime = List.copyOf(kyberOneTime);
    if (ecOneTime.size() > STOCK_LIMIT || kyberOneTime.size() > STOCK_LIMIT) {
      throw new IllegalArgumentException("more than " + STOCK_LIMIT + " one-time keys of a kind");
    }
  }
}
