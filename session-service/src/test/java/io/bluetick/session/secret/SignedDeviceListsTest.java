package io.bluetick.session.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.SignedLists;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import io.bluetick.session.secret.SignedDeviceLists.Bad;
import io.bluetick.session.secret.SignedDeviceLists.Good;
import io.bluetick.session.secret.SignedDeviceLists.Reason;
import io.bluetick.session.secret.SignedDeviceLists.Verdict;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignedDeviceListsTest {

  private static final int RUNS = 2_000;

  private final Random random = new Random(4);
  private final List<XEdDsaSigner> signers =
      List.of(XEdDsaSigner.generate(new SecureRandom()), XEdDsaSigner.generate(new SecureRandom()));

  /** What the server expects, and how the primary that it knows signs. */
  private record Case(DeviceList list, XEdDsaSigner primary, XEdDsaSigner stranger) {

    private SignedDeviceList signed(DeviceList said) {
      return signed(said.toByteString());
    }

    private SignedDeviceList signed(ByteString list) {
      return signed(list, primary);
    }

    private SignedDeviceList signed(ByteString list, XEdDsaSigner signer) {
      byte[] bytes = SignedLists.signedBytes(list).toByteArray();
      ByteString signature = ByteString.copyFrom(signer.sign(bytes));
      return SignedDeviceList.newBuilder().setList(list).setSignature(signature).build();
    }

    private Verdict check(SignedDeviceList signed) {
      return SignedDeviceLists.check(
          signed, AccountId.of(list.getAccount()), list.getVersion(), list.getDevicesList());
    }

    private Verdict check(DeviceList.Builder said) {
      return check(signed(said.build()));
    }
  }

  @Test
  void a_good_list_passes_whatever_the_order_of_what_is_expected() {
    for (int run = 0; run < RUNS / 10; run++) {
      Case next = anyCase();
      SignedDeviceList signed = next.signed(next.list());
      List<ListedDevice> shuffled = new ArrayList<>(next.list().getDevicesList());
      Collections.shuffle(shuffled, random);
      assertThat(
              SignedDeviceLists.check(
                  signed,
                  AccountId.of(next.list().getAccount()),
                  next.list().getVersion(),
                  shuffled))
          .isEqualTo(new Good());
    }
  }

  @Test
  void a_list_or_signature_with_any_changed_bit_fails() {
    Case next = anyCase();
    SignedDeviceList good = next.signed(next.list());
    for (int run = 0; run < RUNS; run++) {
      if (run % 100 == 0) {
        next = anyCase();
        good = next.signed(next.list());
      }
      SignedDeviceList altered =
          run % 2 == 0
              ? good.toBuilder().setList(altered(good.getList())).build()
              : good.toBuilder().setSignature(altered(good.getSignature())).build();
      assertThat(next.check(altered)).isInstanceOf(Bad.class);
    }
  }

  @Test
  void what_the_primary_signed_fails_if_it_is_not_what_the_server_expects() {
    for (int run = 0; run < RUNS / 20; run++) {
      Case next = anyCase();
      DeviceList good = next.list();
      int count = good.getDevicesCount();
      int one = random.nextInt(count);
      DeviceList.Builder other = good.toBuilder().setAccount(bytes(16));
      assertThat(next.check(other)).isEqualTo(bad(Reason.ANOTHER_ACCOUNT));
      other = good.toBuilder().setVersion(good.getVersion() + (random.nextBoolean() ? 1 : -1));
      assertThat(next.check(other)).isEqualTo(bad(Reason.ANOTHER_VERSION));
      other = good.toBuilder().removeDevices(one);
      assertThat(next.check(other)).isEqualTo(bad(Reason.OTHER_DEVICES));
      other = good.toBuilder().addDevices(device(126, bytes(33)));
      assertThat(next.check(other)).isEqualTo(bad(Reason.OTHER_DEVICES));
      other = good.toBuilder().addDevices(good.getDevices(one));
      assertThat(next.check(other)).isEqualTo(bad(Reason.OTHER_DEVICES));
      other = good.toBuilder();
      other.getDevicesBuilder(one).setIdentityKey(bytes(33));
      assertThat(next.check(other)).isEqualTo(bad(Reason.OTHER_DEVICES));
      other = good.toBuilder();
      other.getDevicesBuilder(one).setNoiseKey(bytes(32));
      assertThat(next.check(other)).isEqualTo(bad(Reason.OTHER_DEVICES));
      other = swapped(good);
      assertThat(next.check(other)).isEqualTo(count == 1 ? new Good() : bad(Reason.OTHER_DEVICES));
    }
  }

  @Test
  void another_signer_fails_even_if_it_signs_the_right_list() {
    for (int run = 0; run < RUNS / 20; run++) {
      Case next = anyCase();
      assertThat(next.check(next.signed(next.list().toByteString(), next.stranger())))
          .isEqualTo(bad(Reason.WRONG_SIGNATURE));
    }
  }

  @Test
  void a_signature_over_the_list_alone_fails() {
    Case next = anyCase();
    ByteString list = next.list().toByteString();
    ByteString signature = ByteString.copyFrom(next.primary().sign(list.toByteArray()));
    assertThat(
            next.check(SignedDeviceList.newBuilder().setList(list).setSignature(signature).build()))
        .isEqualTo(bad(Reason.WRONG_SIGNATURE));
  }

  @Test
  void what_is_not_encoded_in_the_one_way_is_malformed() {
    Case next = anyCase();
    ByteString good = next.list().toByteString();
    ByteString version =
        DeviceList.newBuilder().setVersion(next.list().getVersion()).build().toByteString();
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(9, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    for (ByteString list :
        List.of(
            version.concat(good),
            good.concat(unknown.toByteString()),
            good.substring(0, good.size() - 1).concat(ByteString.copyFrom(new byte[] {0, 0})),
            good.concat(ByteString.copyFrom(new byte[SignedLists.LIST_BYTES_LIMIT])))) {
      assertThat(next.check(next.signed(list))).isEqualTo(bad(Reason.MALFORMED));
    }
    assertThat(next.check(SignedDeviceList.getDefaultInstance()))
        .isEqualTo(bad(Reason.ANOTHER_ACCOUNT));
  }

  @Test
  void an_account_without_its_primary_has_no_list() {
    Case next = anyCase();
    SignedDeviceList signed = next.signed(next.list());
    AccountId account = AccountId.of(next.list().getAccount());
    assertThatThrownBy(() -> SignedDeviceLists.check(signed, account, 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> SignedDeviceLists.check(signed, account, 1, List.of(device(3, bytes(33)))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Case anyCase() {
    XEdDsaSigner primary = signers.get(random.nextInt(2));
    DeviceList.Builder list =
        DeviceList.newBuilder()
            .setAccount(bytes(16))
            .setVersion(2 + random.nextInt(1 << random.nextInt(1, 30)))
            .addDevices(device(0, ByteString.copyFrom(primary.publicKey33())));
    int number = 0;
    for (int companions = random.nextInt(5); companions > 0; companions--) {
      number += 1 + random.nextInt(30);
      list.addDevices(device(number, bytes(33)));
    }
    return new Case(
        list.build(), primary, primary == signers.get(0) ? signers.get(1) : signers.get(0));
  }

  private DeviceList.Builder swapped(DeviceList list) {
    List<ListedDevice> devices = new ArrayList<>(list.getDevicesList());
    if (devices.size() > 1) {
      Collections.swap(devices, 0, 1 + random.nextInt(devices.size() - 1));
    }
    return list.toBuilder().clearDevices().addAllDevices(devices);
  }

  private ListedDevice device(int number, ByteString identityKey) {
    return ListedDevice.newBuilder()
        .setDevice(number)
        .setIdentityKey(identityKey)
        .setNoiseKey(bytes(32))
        .build();
  }

  private ByteString bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  private ByteString altered(ByteString bytes) {
    byte[] altered = bytes.toByteArray();
    altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
    return ByteString.copyFrom(altered);
  }

  private static Verdict bad(Reason reason) {
    return new Bad(reason);
  }
}
