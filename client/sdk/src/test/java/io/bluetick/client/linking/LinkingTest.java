package io.bluetick.client.linking;

import static io.bluetick.client.linking.Faults.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.client.linking.v1.Provisioning;
import io.bluetick.client.linking.v1.SealedProvisioning;
import io.bluetick.client.rest.KyberKey;
import io.bluetick.client.rest.LinkingApi.NewCompanion;
import io.bluetick.client.rest.Offer;
import io.bluetick.client.rest.OfferApi.Collected;
import io.bluetick.client.rest.OfferApi.Place;
import io.bluetick.client.rest.Samples;
import io.bluetick.client.rest.SignedEcKey;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both halves, and a server between them that may lie. */
class LinkingTest {
  private static final ByteString MALLORY = Samples.bytes(33, 66);

  private final SecureRandom random = new SecureRandom();
  private final FakeAccount account = new FakeAccount(Samples.ACCOUNT);
  private final Offer keys =
      new Offer(
          Samples.bytes(32, 1),
          Samples.bytes(33, 2),
          "laptop",
          "linux",
          Samples.signedPreKey(),
          Samples.kyber(4),
          null);
  private final Companion companion = new Companion(keys, random);
  private final Place place = account.place(1);

  @Test
  void companion_comes_to_the_account_and_knows_its_primary() {
    LinkingCode scanned = LinkingCode.parse(companion.code(place).uri());

    NewCompanion taken = account.take(scanned, companion.offer());
    Provisioned provisioned = companion.open(place, account.link(taken));
    DeviceList list =
        companion.verify(provisioned, account.present().signedList(), new FakeSignatures());

    assertThat(taken.address()).isEqualTo(place.address());
    assertThat(taken.number()).isEqualTo(1);
    assertThat(provisioned)
        .isEqualTo(new Provisioned(new DeviceAddress(Samples.ACCOUNT, 1), 2, FakeAccount.PRIMARY));
    assertThat(list.getVersion()).isEqualTo(2);
    assertThat(list.getDevicesList()).containsExactly(account.primaryListed(), listed(1));
  }

  @Test
  void second_companion_gets_the_next_number() {
    account.link(account.take(companion.code(place), companion.offer()));
    Companion other = new Companion(keys, random);
    Place elsewhere = account.place(2);

    NewCompanion taken = account.take(other.code(elsewhere), other.offer());

    assertThat(taken.number()).isEqualTo(2);
    other.open(elsewhere, account.link(taken));
  }

  @Test
  void number_of_one_that_went_without_the_primary_is_left_alone() {
    account.link(account.take(companion.code(place), companion.offer()));
    account.remove(1);

    NewCompanion taken = account.take(companion.code(place), companion.offer());

    assertThat(taken.number()).isEqualTo(2);
    account.link(taken);
    assertThat(account.list().getDevicesList()).containsExactly(account.primaryListed(), listed(2));
    assertThat(account.list().getVersion()).isEqualTo(4);
  }

  static Stream<Offer> swapped() {
    ByteString mine = Samples.bytes(33, 99);
    ByteString signature = Samples.bytes(64, 99);
    SignedEcKey signed = Samples.signedPreKey();
    KyberKey kyber = Samples.kyber(4);
    ByteString noise = Samples.bytes(32, 1);
    ByteString identity = Samples.bytes(33, 2);
    ByteString key = signed.publicKey();
    KyberKey otherKyber = new KyberKey(4, Samples.bytes(1569, 9), kyber.signature());
    return Stream.of(
        offer(Samples.bytes(32, 99), identity, signed, kyber),
        offer(noise, mine, signed, kyber),
        offer(noise, identity, new SignedEcKey(3, mine, signed.signature()), kyber),
        offer(noise, identity, new SignedEcKey(3, key, signature), kyber),
        offer(noise, identity, new SignedEcKey(9, key, signed.signature()), kyber),
        offer(noise, identity, signed, otherKyber),
        offer(noise, identity, signed, new KyberKey(4, kyber.publicKey(), signature)),
        offer(noise, identity, signed, Samples.kyber(5)));
  }

  @ParameterizedTest
  @MethodSource("swapped")
  void server_that_swaps_a_key_is_noticed(Offer swapped) {
    Offer shown = confirmedBy(swapped, companion.offer().confirmation());

    assertThat(faultOf(() -> account.take(companion.code(place), shown)))
        .isEqualTo(LinkingFault.WRONG_CONFIRMATION);
  }

  @Test
  void server_may_rewrite_labels() {
    Offer offer = companion.offer();
    Offer renamed =
        new Offer(
            offer.noiseKey(),
            offer.identityKey(),
            "another name",
            "other",
            offer.signedPreKey(),
            offer.lastResortKyber(),
            offer.confirmation());

    assertThat(account.take(companion.code(place), renamed).number()).isEqualTo(1);
  }

  @Test
  void offer_without_or_with_another_confirmation_is_refused() {
    ByteString real = Objects.requireNonNull(companion.offer().confirmation());
    for (ByteString other :
        List.of(
            ByteString.EMPTY,
            real.substring(0, 31),
            real.concat(Samples.bytes(1, 0)),
            Samples.bytes(32, 0))) {
      Offer shown = confirmedBy(keys, other);
      assertThat(faultOf(() -> account.take(companion.code(place), shown)))
          .isEqualTo(LinkingFault.WRONG_CONFIRMATION);
    }
    assertThat(faultOf(() -> account.take(companion.code(place), keys)))
        .isEqualTo(LinkingFault.WRONG_CONFIRMATION);
  }

  @Test
  void code_of_another_companion_does_not_take_this_one() {
    Companion other = new Companion(keys, random);

    assertThat(faultOf(() -> account.take(other.code(place), companion.offer())))
        .isEqualTo(LinkingFault.WRONG_CONFIRMATION);
  }

  @Test
  void confirmation_is_what_it_was() {
    ByteString mac = Confirmation.of(Samples.bytes(32, 3), Samples.bytes(32, 2), keys);

    assertThat(mac)
        .isEqualTo(
            ByteString.fromHex("5b84686134cea2cda9f02eca5b61014f8ad478f09e31e0c886b8298e8bd5d1be"));
  }

  @Test
  void altered_message_is_refused_wherever_it_is_altered() throws Exception {
    Collected real = linked();
    SealedProvisioning sealed = SealedProvisioning.parseFrom(real.message());
    for (int i = 0; i < sealed.getSealed().size(); i++) {
      ByteString altered = flipped(sealed.getSealed(), i);
      Collected forged = with(real, sealed.toBuilder().setSealed(altered).build().toByteString());
      assertThat(faultOf(() -> companion.open(place, forged)))
          .isEqualTo(LinkingFault.FORGED_MESSAGE);
    }
    Collected otherKey =
        with(
            real,
            sealed.toBuilder()
                .setEphemeralKey(ProvisioningSeal.publicKey(new byte[32]))
                .build()
                .toByteString());
    assertThat(faultOf(() -> companion.open(place, otherKey)))
        .isEqualTo(LinkingFault.FORGED_MESSAGE);
  }

  @Test
  void message_that_is_none_is_malformed() throws Exception {
    Collected real = linked();
    SealedProvisioning sealed = SealedProvisioning.parseFrom(real.message());

    assertThat(faultOf(() -> companion.open(place, with(real, Samples.bytes(40, 0xff)))))
        .isEqualTo(LinkingFault.MALFORMED_MESSAGE);
    assertThat(
            faultOf(() ->
                companion.open(
                    place,
                    with(real, sealed.toBuilder().clearEphemeralKey().build().toByteString()))))
        .isEqualTo(LinkingFault.MALFORMED_MESSAGE);
    assertThat(
            faultOf(() ->
                companion.open(
                    place, with(real, sealed.toBuilder().setVersion(2).build().toByteString()))))
        .isEqualTo(LinkingFault.UNKNOWN_VERSION);
    assertThat(
            faultOf(() ->
                companion.open(
                    place, with(real, sealed.toBuilder().clearSealed().build().toByteString()))))
        .isEqualTo(LinkingFault.FORGED_MESSAGE);
  }

  @Test
  void key_of_low_order_is_refused_on_both_sides() throws Exception {
    ByteString zero = Samples.bytes(32, 0);
    Collected real = linked();
    SealedProvisioning sealed = SealedProvisioning.parseFrom(real.message());
    Collected weak = with(real, sealed.toBuilder().setEphemeralKey(zero).build().toByteString());
    LinkingCode code = companion.code(place);
    LinkingCode weakCode = new LinkingCode(code.address(), zero, code.confirmationKey());

    assertThat(faultOf(() -> companion.open(place, weak))).isEqualTo(LinkingFault.LOW_ORDER_KEY);
    assertThat(
            faultOf(
                () -> ProvisioningSeal.seal(weakCode, Provisioning.getDefaultInstance(), random)))
        .isEqualTo(LinkingFault.LOW_ORDER_KEY);
  }

  @Test
  void message_for_an_earlier_code_does_not_open_for_a_later_one() {
    Collected earlier = linked();
    Companion later = new Companion(keys, random);

    assertThat(faultOf(() -> later.open(place, earlier))).isEqualTo(LinkingFault.FORGED_MESSAGE);
    assertThat(faultOf(() -> companion.open(account.place(2), earlier)))
        .isEqualTo(LinkingFault.FORGED_MESSAGE);
  }

  @Test
  void who_knows_the_ephemeral_key_alone_cannot_write_the_message() {
    LinkingCode real = companion.code(place);
    LinkingCode guessed =
        new LinkingCode(real.address(), real.ephemeralKey(), Samples.bytes(32, 0));
    Provisioning lie =
        Provisioning.newBuilder()
            .setAccount(Samples.ACCOUNT.bytes())
            .setDevice(1)
            .setListVersion(1)
            .setPrimaryIdentityKey(MALLORY)
            .build();
    Collected forged = with(linked(), ProvisioningSeal.seal(guessed, lie, random));

    assertThat(faultOf(() -> companion.open(place, forged))).isEqualTo(LinkingFault.FORGED_MESSAGE);
  }

  @Test
  void server_that_names_another_account_or_number_is_noticed() {
    Collected real = linked();
    Collected elsewhere =
        new Collected(new AccountId(1, 2), 1, 2, 2, real.message(), real.refreshToken());
    Collected renumbered =
        new Collected(real.account(), 2, 2, 2, real.message(), real.refreshToken());

    assertThat(faultOf(() -> companion.open(place, elsewhere)))
        .isEqualTo(LinkingFault.ANOTHER_DEVICE);
    assertThat(faultOf(() -> companion.open(place, renumbered)))
        .isEqualTo(LinkingFault.ANOTHER_DEVICE);
  }

  @Test
  void list_of_another_primary_is_refused() {
    Provisioned provisioned = companion.open(place, linked());
    DeviceList real = account.list();
    DeviceList usurped =
        real.toBuilder()
            .setDevices(0, real.getDevices(0).toBuilder().setIdentityKey(MALLORY))
            .build();

    assertThat(verifying(provisioned, DeviceLists.sign(usurped, FakeSignatures.by(MALLORY))))
        .isEqualTo(LinkingFault.WRONG_SIGNATURE);
    assertThat(verifying(provisioned, account.signed(usurped)))
        .isEqualTo(LinkingFault.WRONG_SIGNATURE);
    assertThat(verifying(provisioned, DeviceLists.sign(real, FakeSignatures.by(MALLORY))))
        .isEqualTo(LinkingFault.WRONG_SIGNATURE);
  }

  @Test
  void list_without_the_companion_or_with_other_keys_of_it_is_refused() {
    Provisioned provisioned = companion.open(place, linked());
    DeviceList real = account.list();
    DeviceList without = real.toBuilder().removeDevices(1).build();
    DeviceList otherNoise =
        real.toBuilder()
            .setDevices(1, listed(1).toBuilder().setNoiseKey(Samples.bytes(32, 9)))
            .build();
    DeviceList otherIdentity =
        real.toBuilder().setDevices(1, listed(1).toBuilder().setIdentityKey(MALLORY)).build();
    DeviceList otherNumber = real.toBuilder().setDevices(1, listed(2)).build();

    for (DeviceList list : List.of(without, otherNoise, otherIdentity, otherNumber)) {
      assertThat(verifying(provisioned, account.signed(list))).isEqualTo(LinkingFault.NOT_LISTED);
    }
  }

  @Test
  void list_from_before_the_companion_came_is_stale() {
    Provisioned provisioned = companion.open(place, linked());
    DeviceList old = account.list().toBuilder().setVersion(1).build();

    assertThat(verifying(provisioned, account.signed(old))).isEqualTo(LinkingFault.STALE_LIST);
    DeviceList later = account.list().toBuilder().setVersion(9).build();
    assertThat(companion.verify(provisioned, account.signed(later), new FakeSignatures()))
        .isEqualTo(later);
  }

  private LinkingFault verifying(Provisioned provisioned, SignedDeviceList list) {
    return faultOf(() -> companion.verify(provisioned, list, new FakeSignatures()));
  }

  private Collected linked() {
    return account.link(account.take(companion.code(place), companion.offer()));
  }

  private ListedDevice listed(int number) {
    return ListedDevice.newBuilder()
        .setDevice(number)
        .setIdentityKey(keys.identityKey())
        .setNoiseKey(keys.noiseKey())
        .build();
  }

  private static Offer offer(
      ByteString noise, ByteString identity, SignedEcKey signed, KyberKey kyber) {
    return new Offer(noise, identity, "laptop", "linux", signed, kyber, null);
  }

  private static Offer confirmedBy(
      Offer offer, @org.jspecify.annotations.Nullable ByteString confirmation) {
    return confirmation == null ? offer : offer.confirmedBy(confirmation);
  }

  private static Collected with(Collected real, ByteString message) {
    return new Collected(
        real.account(),
        real.device(),
        real.registration(),
        real.listVersion(),
        message,
        real.refreshToken());
  }

  private static ByteString flipped(ByteString bytes, int index) {
    byte[] copy = bytes.toByteArray();
    copy[index] ^= 1;
    return ByteString.copyFrom(copy);
  }
}
