package io.bluetick.client.linking;

import com.google.protobuf.ByteString;
import io.bluetick.client.linking.v1.Provisioning;
import io.bluetick.client.rest.Offer;
import io.bluetick.client.rest.OfferApi.Collected;
import io.bluetick.client.rest.OfferApi.Place;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.SignedLists.SignatureCheck;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.security.SecureRandom;

/**
 * The companion's half of one linking: it makes the offer and the code, and believes of the answers
 * what the primary vouches for. Its secrets live as long as the offer and are never written down.
 */
public final class Companion {
  private static final int IDENTITY_KEY_BYTES = 33;

  private final byte[] ephemeralSecretKey;
  private final ByteString ephemeralKey;
  private final ByteString confirmationKey;
  private final Offer offer;

  /**
   * A companion with these keys.
   *
   * @param keys an offer, but for its confirmation
   */
  public Companion(Offer keys, SecureRandom random) {
    this.ephemeralSecretKey = ProvisioningSeal.newSecretKey(random);
    this.ephemeralKey = ProvisioningSeal.publicKey(ephemeralSecretKey);
    byte[] key = new byte[LinkingCode.KEY_BYTES];
    random.nextBytes(key);
    this.confirmationKey = ByteString.copyFrom(key);
    this.offer = keys.confirmedBy(Confirmation.of(confirmationKey, ephemeralKey, keys));
  }

  /** What to post. */
  public Offer offer() {
    return offer;
  }

  /** What to show to the primary, and to nobody else. */
  public LinkingCode code(Place place) {
    return new LinkingCode(LinkingCode.bytes(place.address()), ephemeralKey, confirmationKey);
  }

  /**
   * What the primary says, once it has linked this device. Throws {@link LinkingException} unless
   * the message was written by who saw the code, and the server says the same; the tokens that came
   * with it must not be used then.
   */
  public Provisioned open(Place place, Collected collected) {
    Provisioning said = ProvisioningSeal.open(code(place), ephemeralSecretKey, collected.message());
    if (said.getPrimaryIdentityKey().size() != IDENTITY_KEY_BYTES
        || said.getAccount().size() != AccountId.BYTES) {
      throw new LinkingException(LinkingFault.MALFORMED_MESSAGE);
    }
    if (!AccountId.of(said.getAccount()).equals(collected.account())
        || said.getDevice() != collected.device()
        || said.getDevice() == 0) {
      throw new LinkingException(LinkingFault.ANOTHER_DEVICE);
    }
    return new Provisioned(
        collected.address(), said.getListVersion(), said.getPrimaryIdentityKey());
  }

  /**
   * The account's devices as the server hands them out, if the primary that linked this device has
   * signed them and this device is among them with its own keys. Throws {@link LinkingException}
   * otherwise: then this device is not linked, whatever the server says.
   */
  public DeviceList verify(
      Provisioned provisioned, SignedDeviceList handedOut, SignatureCheck check) {
    DeviceList list =
        DeviceLists.verified(
            handedOut, provisioned.address().account(), provisioned.primaryIdentityKey(), check);
    if (list.getVersion() < provisioned.listVersion()) {
      throw new LinkingException(LinkingFault.STALE_LIST);
    }
    ListedDevice own =
        ListedDevice.newBuilder()
            .setDevice(provisioned.address().device())
            .setIdentityKey(offer.identityKey())
            .setNoiseKey(offer.noiseKey())
            .build();
    if (!list.getDevicesList().contains(own)) {
      throw new LinkingException(LinkingFault.NOT_LISTED);
    }
    return list;
  }
}
