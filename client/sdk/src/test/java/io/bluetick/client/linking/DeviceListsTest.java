package io.bluetick.client.linking;

import static io.bluetick.client.linking.Faults.faultOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.bluetick.client.rest.DeviceApi.Device;
import io.bluetick.client.rest.DeviceApi.Devices;
import io.bluetick.client.rest.Samples;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.SignedLists;
import io.bluetick.protocol.v1.DeviceList;
import io.bluetick.protocol.v1.ListedDevice;
import io.bluetick.protocol.v1.SignedDeviceList;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceListsTest {
  private static final ByteString PRIMARY = Samples.bytes(33, 42);
  private static final DeviceList LIST =
      DeviceLists.of(Samples.ACCOUNT, 3, List.of(device(2), device(0), device(1)));

  @Test
  void list_has_the_primary_first_and_then_goes_by_number() {
    assertThat(LIST.getDevicesList()).extracting(ListedDevice::getDevice).containsExactly(0, 1, 2);
    assertThat(verified(signed(LIST))).isEqualTo(LIST);
  }

  @Test
  void signature_covers_the_context_and_the_list() {
    byte[] message = SignedLists.signedBytes(LIST.toByteString()).toByteArray();

    assertThat(signed(LIST).getSignature().toByteArray())
        .isEqualTo(FakeSignatures.by(PRIMARY).apply(message));
  }

  static Stream<ByteString> malformed() {
    ByteString encoded = LIST.toByteString();
    UnknownFieldSet unknown =
        UnknownFieldSet.newBuilder()
            .addField(9, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
            .build();
    return Stream.of(
        ByteString.EMPTY,
        Samples.bytes(20, 0xff),
        encoded.substring(0, encoded.size() - 1),
        LIST.toBuilder().setAccount(new AccountId(1, 2).bytes()).build().toByteString(),
        LIST.toBuilder().setVersion(0).build().toByteString(),
        LIST.toBuilder().clearDevices().build().toByteString(),
        LIST.toBuilder().removeDevices(0).build().toByteString(),
        LIST.toBuilder().addDevices(device(2)).build().toByteString(),
        LIST.toBuilder().addDevices(device(128)).build().toByteString(),
        LIST.toBuilder().addDevices(device(-1)).build().toByteString(),
        LIST.toBuilder().addDevices(device(0)).build().toByteString(),
        LIST.toBuilder()
            .addDevices(device(3).toBuilder().setNoiseKey(Samples.bytes(31, 1)))
            .build()
            .toByteString(),
        LIST.toBuilder()
            .addDevices(device(3).toBuilder().setIdentityKey(Samples.bytes(32, 1)))
            .build()
            .toByteString(),
        LIST.toBuilder().setUnknownFields(unknown).build().toByteString(),
        LIST.toBuilder()
            .addDevices(device(3).toBuilder().setUnknownFields(unknown))
            .build()
            .toByteString(),
        // The version, written twice.
        encoded.concat(ByteString.fromHex("1003")),
        DeviceLists.of(
                Samples.ACCOUNT,
                3,
                Stream.iterate(0, n -> n + 1).limit(40).map(DeviceListsTest::device).toList())
            .toByteString());
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void list_that_is_none_is_refused_even_if_it_is_signed(ByteString encoded) {
    byte[] message = SignedLists.signedBytes(encoded).toByteArray();
    SignedDeviceList signed =
        SignedDeviceList.newBuilder()
            .setList(encoded)
            .setSignature(ByteString.copyFrom(FakeSignatures.by(PRIMARY).apply(message)))
            .build();

    assertThat(faultOf(() -> verified(signed))).isEqualTo(LinkingFault.MALFORMED_LIST);
  }

  @Test
  void signature_of_something_else_is_refused() {
    SignedDeviceList other =
        signed(LIST).toBuilder()
            .setSignature(signed(LIST.toBuilder().setVersion(4).build()).getSignature())
            .build();

    assertThat(faultOf(() -> verified(other))).isEqualTo(LinkingFault.WRONG_SIGNATURE);
  }

  @Test
  void next_list_has_the_devices_that_are_left() {
    DeviceList next = DeviceLists.remaining(LIST, 3, present(5, 0, 2));

    assertThat(next).isEqualTo(DeviceLists.of(Samples.ACCOUNT, 6, List.of(device(0), device(2))));
  }

  @Test
  void device_that_the_primary_never_signed_is_noticed() {
    assertThat(faultOf(() -> DeviceLists.remaining(LIST, 3, present(5, 0, 1, 7))))
        .isEqualTo(LinkingFault.NOT_LISTED);
    assertThat(faultOf(() -> DeviceLists.remaining(LIST, 3, present(5, 1, 2))))
        .isEqualTo(LinkingFault.NOT_LISTED);
  }

  @Test
  void old_list_does_not_bring_devices_back() {
    assertThat(faultOf(() -> DeviceLists.remaining(LIST, 4, present(5, 0, 1, 2))))
        .isEqualTo(LinkingFault.STALE_LIST);
    assertThat(faultOf(() -> DeviceLists.remaining(LIST, 3, present(2, 0, 1, 2))))
        .isEqualTo(LinkingFault.STALE_LIST);
  }

  private static DeviceList verified(SignedDeviceList signed) {
    return DeviceLists.verified(signed, Samples.ACCOUNT, PRIMARY, new FakeSignatures());
  }

  private static SignedDeviceList signed(DeviceList list) {
    return DeviceLists.sign(list, FakeSignatures.by(PRIMARY));
  }

  private static ListedDevice device(int number) {
    return ListedDevice.newBuilder()
        .setDevice(number)
        .setIdentityKey(number == 0 ? PRIMARY : Samples.bytes(33, number))
        .setNoiseKey(Samples.bytes(32, number))
        .build();
  }

  private static Devices present(long version, int... numbers) {
    return new Devices(
        version,
        signed(LIST),
        Arrays.stream(numbers)
            .mapToObj(
                number -> new Device(number, 1, "name", "other", Instant.EPOCH, LocalDate.EPOCH))
            .toList());
  }
}
