package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.gateway.socket.InboundAliases.Peer;
import io.bluetick.protocol.AccountId;
import org.junit.jupiter.api.Test;

class AliasesTest {
  private static final int GIVEN_AT_MOST = 127;

  private final InboundAliases inbound = new InboundAliases();
  private final OutboundAliases outbound = new OutboundAliases();

  private static AccountId id(int number) {
    return new AccountId(7, number);
  }

  @Test
  void a_device_may_use_every_alias_in_any_order() {
    for (int alias = FrameLimits.ALIASES; alias >= 1; alias -= 3) {
      inbound.define(alias, new Peer(id(alias), alias));
    }
    for (int alias = FrameLimits.ALIASES; alias >= 1; alias -= 3) {
      assertThat(inbound.get(alias)).isEqualTo(new Peer(id(alias), alias));
    }
    assertThat(inbound.get(FrameLimits.ALIASES - 1)).isNull();
  }

  @Test
  void an_alias_grows_its_room_one_by_one_and_takes_a_new_meaning() {
    for (int alias = 1; alias <= FrameLimits.ALIASES; alias++) {
      assertThat(inbound.get(alias)).isNull();
      inbound.define(alias, new Peer(id(alias), 1));
    }
    inbound.define(1, new Peer(id(1), 2));
    assertThat(inbound.get(1)).isEqualTo(new Peer(id(1), 2));
    assertThat(inbound.get(2)).isEqualTo(new Peer(id(2), 1));
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
    assertThat(outbound.of(id(1), 0)).isEqualTo(-1);
    assertThat(outbound.of(id(1), 0)).isEqualTo(1);
    assertThat(outbound.of(id(1), 1)).isEqualTo(-2);
    assertThat(outbound.of(id(1), OutboundAliases.GROUP)).isEqualTo(-3);
    assertThat(outbound.of(new AccountId(1, 7), 0)).isEqualTo(-4);
    assertThat(outbound.of(id(1), 1)).isEqualTo(2);
  }

  @Test
  void when_all_are_given_the_oldest_is_given_anew() {
    for (int number = 1; number <= GIVEN_AT_MOST; number++) {
      assertThat(outbound.of(id(number), 0)).isEqualTo(-number);
    }
    for (int number = 1; number <= GIVEN_AT_MOST; number++) {
      assertThat(outbound.of(id(number), 0)).isEqualTo(number);
    }
    for (int round = 0; round < 3 * GIVEN_AT_MOST; round++) {
      int alias = 1 + round % GIVEN_AT_MOST;
      assertThat(outbound.of(id(1_000 + round), 0)).isEqualTo(-alias);
      assertThat(outbound.of(id(1_000 + round), 0)).isEqualTo(alias);
    }
    assertThat(outbound.of(id(1), 0)).isNegative();
  }
}
