package io.bluetick.message.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.AcknowledgeUpTo;
import io.bluetick.protocol.v1.FanOut;
import io.bluetick.protocol.v1.MailboxCommand;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParkedTest {
  private static final AccountId A = new AccountId(0, 1);
  private static final AccountId B = new AccountId(0, 2);
  private static final AccountId C = new AccountId(0, 3);

  private final Parked parked = new Parked();

  @Test
  void what_concerns_nobody_missing_goes_on() {
    assertThat(parked.takes(1, of(A), Set.of(B))).isFalse();
    assertThat(parked.isEmpty()).isTrue();
    assertThat(parked.first()).isEmpty();
  }

  @Test
  void what_comes_behind_for_the_same_account_waits_too() {
    assertThat(parked.takes(1, of(A), Set.of(A))).isTrue();
    assertThat(parked.takes(2, of(A), Set.of())).isTrue();
    assertThat(parked.takes(3, of(B), Set.of())).isFalse();
    assertThat(parked.first()).isEqualTo(OptionalLong.of(1));
    assertThat(parked.bytes()).isPositive();
    assertThat(sequences(parked.release(Set.of(A)))).containsExactly(1L, 2L);
    assertThat(parked.isEmpty()).isTrue();
    assertThat(parked.bytes()).isZero();
  }

  @Test
  void who_is_known_waits_behind_a_message_that_also_concerns_somebody_unknown() {
    assertThat(parked.takes(1, of(C), Set.of(C))).isTrue();
    assertThat(parked.takes(2, fanOut(A, B), Set.of(A))).isTrue();
    assertThat(parked.takes(3, of(B), Set.of())).isTrue();
    assertThat(sequences(parked.release(Set.of(C)))).containsExactly(1L);
    assertThat(parked.takes(4, of(B), Set.of())).isTrue();
    assertThat(parked.unknown()).containsExactly(A);
    assertThat(sequences(parked.release(Set.of(A)))).containsExactly(2L, 3L, 4L);
  }

  @Test
  void who_still_is_unknown_releases_nothing() {
    assertThat(parked.takes(1, of(A), Set.of(A))).isTrue();
    assertThat(parked.release(Set.of(B))).isEmpty();
    assertThat(parked.first()).isEqualTo(OptionalLong.of(1));
  }

  @Test
  void who_is_concerned_is_told_with_his_first_command_at_any_time() {
    Map<AccountId, Long> concerned = parked.concerned();
    assertThat(parked.takes(1, of(A), Set.of(A))).isTrue();
    assertThat(parked.takes(2, of(A), Set.of())).isTrue();
    assertThat(parked.takes(3, fanOut(A, B), Set.of())).isTrue();
    assertThat(parked.takes(4, of(C), Set.of(C))).isTrue();
    assertThat(concerned).isEqualTo(Map.of(A, 1L, B, 3L, C, 4L));
    assertThat(parked.release(Set.of(A))).hasSize(3);
    assertThat(concerned).isEqualTo(Map.of(C, 4L));
  }

  private static List<Long> sequences(List<Parked.Command> commands) {
    return commands.stream().map(Parked.Command::sequence).toList();
  }

  private static MailboxCommand of(AccountId account) {
    return MailboxCommand.newBuilder()
        .setActor(account.bytes())
        .setAcknowledge(AcknowledgeUpTo.newBuilder().setUpTo(1))
        .build();
  }

  private static MailboxCommand fanOut(AccountId... members) {
    FanOut.Builder fanOut = FanOut.newBuilder();
    for (AccountId member : members) {
      fanOut.addMembers(member.bytes());
    }
    return MailboxCommand.newBuilder().setFanOut(fanOut).build();
  }
}
