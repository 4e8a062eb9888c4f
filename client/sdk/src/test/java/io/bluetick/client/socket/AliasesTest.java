package io.bluetick.client.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.SendToAccount;
import io.bluetick.protocol.v1.SendToGroup;
import org.junit.jupiter.api.Test;

class AliasesTest {
  private static SendToAccount to(long account, long listVersion) {
    return SendToAccount.newBuilder()
        .setCounter(7)
        .setAccount(new AccountId(0, account).bytes())
        .setListVersion(listVersion)
        .build();
  }

  @Test
  void an_account_is_named_once_and_then_by_a_number() {
    Aliases aliases = new Aliases(8);
    assertThat(aliases.shorten(to(1, 3))).isEqualTo(to(1, 3).toBuilder().setTo(1).build());
    assertThat(aliases.shorten(to(1, 3)))
        .isEqualTo(SendToAccount.newBuilder().setCounter(7).setTo(1).build());
    assertThat(aliases.shorten(to(2, 1)).getTo()).isEqualTo(2);
  }

  @Test
  void a_newer_list_defines_the_number_anew() {
    Aliases aliases = new Aliases(8);
    aliases.shorten(to(1, 3));
    assertThat(aliases.shorten(to(1, 4))).isEqualTo(to(1, 4).toBuilder().setTo(1).build());
    assertThat(aliases.shorten(to(1, 4)).getAccount().isEmpty()).isTrue();
  }

  @Test
  void past_the_limit_accounts_are_named_in_full() {
    Aliases aliases = new Aliases(1);
    aliases.shorten(to(1, 1));
    assertThat(aliases.shorten(to(2, 1))).isEqualTo(to(2, 1));
    assertThat(aliases.shorten(to(2, 1))).isEqualTo(to(2, 1));
  }

  @Test
  void groups_and_accounts_share_the_numbers() {
    Aliases aliases = new Aliases(2);
    SendToGroup toGroup =
        SendToGroup.newBuilder()
            .setCounter(7)
            .setGroup(new AccountId(1, 1).bytes())
            .setMembershipVersion(5)
            .build();
    assertThat(aliases.shorten(to(1, 3)).getTo()).isEqualTo(1);
    assertThat(aliases.shorten(toGroup)).isEqualTo(toGroup.toBuilder().setTo(2).build());
    assertThat(aliases.shorten(toGroup))
        .isEqualTo(SendToGroup.newBuilder().setCounter(7).setTo(2).build());
    SendToGroup newer = toGroup.toBuilder().setMembershipVersion(6).build();
    assertThat(aliases.shorten(newer)).isEqualTo(newer.toBuilder().setTo(2).build());
    assertThat(aliases.shorten(to(2, 1))).isEqualTo(to(2, 1));
  }
}
