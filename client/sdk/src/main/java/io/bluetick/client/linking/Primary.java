package io.bluetick.client.linking;

import com.google.protobuf.ByteString;
import io.bluetick.client.linking.v1.Provisioning;
import io.bluetick.client.rest.DeviceApi.Devices;
import io.bluetick.client.rest.LinkingApi.NewCompanion;
import io.bluetick.client.rest.Offer;
import io.bluetick.client.signal.Ratchets;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.SignedLists.SignatureCheck;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The primary's half of linking: it checks that the offer is the one whose code it scanned, puts
 * the companion into the list and tells it whom to believe.
 */
public final class Primary {
  private final AccountId account;
  private final ByteString identityKey;
  private final UnaryOperator<byte[]> sign;
  private final SignatureCheck check;
  private final SecureRandom random;

  /**
   * The primary of an account.
   *
   * @param identityKey with libsignal's type byte, 33 bytes
   * @param sign makes a signature (XEdDSA) of this key
   */
  public Primary(
      AccountId account,
      ByteString identityKey,
      UnaryOperator<byte[]> sign,
      SignatureCheck check,
      SecureRandom random) {
    this.account = account;
    this.identityKey = identityKey;
    this.sign = sign;
    this.check = check;
    this.random = random;
  }

  /**
   * What to post so that the companion is linked, under the lowest number that is free. To be
   * posted again as it is if the answer gets lost. Throws {@link LinkingException} if the server
   * shows other keys than the code vouches for, or a list that this primary did not sign.
   *
   * @param offer as the server shows it
   * @param present as the server lists them
   * @param knownVersion of the newest list that this device has signed
   */
  public NewCompanion take(LinkingCode code, Offer offer, Devices present, long knownVersion) {
    if (!Confirmation.holds(code, offer)) {
      throw new LinkingException(LinkingFault.WRONG_CONFIRMATION);
    }
    DeviceList signed = DeviceLists.verified(present.signedList(), account, identityKey, check);
    DeviceList left = DeviceLists.remaining(signed, knownVersion, present);
    int number = freeNumber(signed);
    List<ListedDevice> devices = new ArrayList<>(left.getDevicesList());
    devices.add(
        ListedDevice.newBuilder()
            .setDevice(number)
            .setIdentityKey(offer.identityKey())
            .setNoiseKey(offer.noiseKey())
            .build());
    DeviceList next = DeviceLists.of(account, left.getVersion(), devices);
    Provisioning provisioning =
        Provisioning.newBuilder()
            .setAccount(account.bytes())
            .setDevice(number)
            .setListVersion(next.getVersion())
            .setPrimaryIdentityKey(identityKey)
            .build();
    return new NewCompanion(
        code.addressText(),
        number,
        DeviceLists.sign(next, sign),
        ProvisioningSeal.seal(code, provisioning, random));
  }

  /** None of a device that is still in the signed list: its peers may not know that it has gone. */
  private static int freeNumber(DeviceList signed) {
    Set<Integer> taken =
        signed.getDevicesList().stream().map(ListedDevice::getDevice).collect(Collectors.toSet());
    return IntStream.rangeClosed(1, Ratchets.LAST_DEVICE)
        .filter(number -> !taken.contains(number))
        .findFirst()
        .orElseThrow(() -> new LinkingException(LinkingFault.NO_FREE_NUMBER));
  }
}
