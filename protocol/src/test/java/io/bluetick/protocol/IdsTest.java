package io.bluetick.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdsTest {

  private static final AccountId ALICE = AccountId.parse("000102030405060708090a0b0c0d0eff");

  @Test
  void an_id_is_the_same_as_bytes_and_as_text() {
    assertThat(AccountId.of(ALICE.bytes())).isEqualTo(ALICE);
    assertThat(AccountId.parse(ALICE.toString())).isEqualTo(ALICE);
    assertThat(ALICE).hasToString("000102030405060708090a0b0c0d0eff");
  }

  @Test
  void an_id_of_another_length_is_none() {
    for (int length : new int[] {0, 15, 17}) {
      assertThatThrownBy(() -> AccountId.of(ByteString.copyFrom(new byte[length])))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void an_address_survives_its_record() {
    DeviceAddress phone = new DeviceAddress(ALICE, 3);
    assertThat(DeviceAddress.of(phone.toProto())).isEqualTo(phone);
    assertThatThrownBy(() -> new DeviceAddress(ALICE, 128))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DeviceAddress(ALICE, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A changed function would send an account's commands to a thread that does not own it. */
  @Test
  void an_actor_stays_in_its_partition() {
    assertThat(Partitions.of(ALICE, 8)).isEqualTo(7);
    assertThat(Partitions.of(ALICE, 256)).isEqualTo(7);
  }

  @Test
  void actors_spread_evenly() {
    SecureRandom random = new SecureRandom();
    int[] counts = new int[16];
    IntStream.range(0, 160_000)
        .forEach(_ -> counts[Partitions.of(AccountId.random(random), counts.length)]++);
    assertThat(Arrays.stream(counts)).allMatch(count -> count > 9_000 && count < 11_000);
    int[] counted = new int[16];
    IntStream.range(0, 160_000)
        .forEach(i -> counted[Partitions.of(new AccountId(0, i), counted.length)]++);
    assertThat(Arrays.stream(counted)).allMatch(count -> count > 9_000 && count < 11_000);
  }

  @Test
  void a_sequence_grows_with_its_place_in_the_log() {
    long first = Sequence.of(0, 0, 0);
    assertThat(first).isPositive();
    assertThat(Sequence.of(0, 0, 1)).isGreaterThan(first);
    assertThat(Sequence.of(0, 1, 0)).isGreaterThan(Sequence.of(0, 0, 4095));
    assertThat(Sequence.of(1, 0, 0)).isGreaterThan(Sequence.of(0, (1L << 43) - 2, 4095));
    assertThat(Sequence.of(255, (1L << 43) - 2, 4095)).isPositive();
  }

  @Test
  void what_does_not_fit_in_a_sequence_is_refused() {
    assertThatThrownBy(() -> Sequence.of(0, -1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sequence.of(0, 1L << 43, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sequence.of(0, 0, 4096)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Sequence.of(256, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
