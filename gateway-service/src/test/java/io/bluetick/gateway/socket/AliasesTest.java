package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.bluetick.gateway.socket.InboundAliases.Kind;
import io.bluetick.gateway.socket.InboundAliases.Peer;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.DeviceId;
import org.junit.jupiter.api.Test;

class AliasesTest {
  private static final int GIVEN_AT_MOST = 127;

  private final InboundAliases inbound = new InboundAliases();
  private final OutboundAliases outbound = new OutboundAliases();

  private static AccountId id(int number) {
    return new AccountId(7, number);
  }

  private static DeviceId device(AccountId account, int device, int registration) {
    return DeviceId.newBuilder()
        .setAccount(account.bytes())
        .setDevice(device)
        .setRegistration(registration)
        .build();
  }

  private static DeviceId phone(int number) {
    return device(id(number), 0, 1);
  }

  private static Peer account(int number, long version) {
    return new Peer(Kind.ACCOUNT, id(number), version);
  }

  private void define(int alias, int number, long version) {
    inbound.define(Kind.ACCOUNT, alias, id(number).bytes(), version);
  }

  @Test
  void a_device_may_use_every_alias_in_any_order() {
    for (int alias = FrameLimits.ALIASES; alias >= 1; alias -= 3) {
      define(alias, alias, alias);
    }
    for (int alias = FrameLimits.ALIASES; alias >= 1; alias -= 3) {
      assertThat(inbound.get(alias)).isEqualTo(account(alias, alias));
    }
    assertThat(inbound.get(FrameLimits.ALIASES - 1)).isNull();
  }

  @Test
  void an_alias_grows_its_room_one_by_one_and_takes_a_new_meaning() {
    for (int alias = 1; alias <= FrameLimits.ALIASES; alias++) {
      assertThat(inbound.get(alias)).isNull();
      define(alias, alias, 1);
    }
    define(1, 1, 2);
    assertThat(inbound.get(1)).isEqualTo(account(1, 2));
    assertThat(inbound.get(2)).isEqualTo(account(2, 1));
  }

  @Test
  void an_alias_names_an_account_or_a_group() {
    define(1, 1, 2);
    inbound.define(Kind.GROUP, 1, id(1).bytes(), 2);
    assertThat(inbound.get(1)).isEqualTo(new Peer(Kind.GROUP, id(1), 2));
  }

  @Test
  void what_is_out_of_its_range_defines_nothing() {
    define(1, 1, 2);
    define(0, 9, 9);
    define(-1, 9, 9);
    define(FrameLimits.ALIASES + 1, 9, 9);
    define(Integer.MIN_VALUE, 9, 9);
    inbound.define(Kind.ACCOUNT, 1, ByteString.EMPTY, 9);
    inbound.define(Kind.ACCOUNT, 1, ByteString.copyFrom(new byte[AccountId.BYTES + 1]), 9);
    assertThat(inbound.get(1)).isEqualTo(account(1, 2));
    assertThat(inbound.get(FrameLimits.ALIASES)).isNull();
  }

  @Test
  void what_is_no_alias_names_nobody() {
    assertThat(inbound.get(0)).isNull();
    assertThat(inbound.get(-1)).isNull();
    assertThat(inbound.get(FrameLimits.ALIASES + 1)).isNull();
    assertThat(InboundAliases.isAlias(0)).isFalse();
    assertThat(InboundAliases.isAlias(1)).isTrue();
    assertThat(InboundAliases.isAlias(FrameLimits.ALIASES)).isTrue();
    assertThat(InboundAliases.isAlias(FrameLimits.ALIASES + 1)).isFalse();
  }

  @Test
  void the_gateway_tells_an_id_once() {
    assertThat(outbound.of(phone(1))).isEqualTo(-1);
    assertThat(outbound.of(phone(1))).isEqualTo(1);
    assertThat(outbound.of(device(id(1), 1, 1))).isEqualTo(-2);
    assertThat(outbound.ofGroup(id(1).bytes())).isEqualTo(-3);
    assertThat(outbound.of(device(new AccountId(1, 7), 0, 1))).isEqualTo(-4);
    assertThat(outbound.of(device(id(1), 1, 1))).isEqualTo(2);
    assertThat(outbound.ofGroup(id(1).bytes())).isEqualTo(3);
  }

  @Test
  void a_device_that_was_registered_anew_is_another() {
    assertThat(outbound.of(device(id(1), 0, 0))).isEqualTo(-1);
    assertThat(outbound.of(device(id(1), 0, 1))).isEqualTo(-2);
    assertThat(outbound.of(device(id(1), 0, -1))).isEqualTo(-3);
    assertThat(outbound.of(device(id(1), 127, -1))).isEqualTo(-4);
    assertThat(outbound.ofGroup(id(1).bytes())).isEqualTo(-5);
    assertThat(outbound.of(device(id(1), 0, 1))).isEqualTo(2);
  }

  @Test
  void when_all_are_given_the_oldest_is_given_anew() {
    for (int number = 1; number <= GIVEN_AT_MOST; number++) {
      assertThat(outbound.of(phone(number))).isEqualTo(-number);
    }
    for (int number = 1; number <= GIVEN_AT_MOST; number++) {
      assertThat(outbound.of(phone(number))).isEqualTo(number);
    }
    for (int round = 0; round < 3 * GIVEN_AT_MOST; round++) {
      int alias = 1 + round % GIVEN_AT_MOST;
      assertThat(outbound.of(phone(1_000 + round))).isEqualTo(-alias);
      assertThat(outbound.of(phone(1_000 + round))).isEqualTo(alias);
    }
    assertThat(outbound.of(phone(1))).isNegative();
  }
}
