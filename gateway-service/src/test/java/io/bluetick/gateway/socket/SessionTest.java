package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bluetick.gateway.socket.Session.Claim;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
  private static final long ACKNOWLEDGED = 100;
  private static final long NOW_MS = 5_000;

  private final Session session =
      new Session(new DeviceAddress(new AccountId(1, 2), 3), 9, 4, ACKNOWLEDGED, NOW_MS);

  enum Verdict {
    DUPLICATE,
    WRITE,
    GAP
  }

  private Verdict verdict(long sequence, long previous) {
    if (session.isWritten(sequence)) {
      return Verdict.DUPLICATE;
    }
    return session.isWritten(previous) ? Verdict.WRITE : Verdict.GAP;
  }

  /** The table of Target in outbound.proto, when 200 was written last. */
  @ParameterizedTest
  @CsvSource({
    "100, 0, DUPLICATE",
    "200, 0, DUPLICATE",
    "200, 300, DUPLICATE",
    "201, 200, WRITE",
    "300, 0, WRITE",
    "300, 199, WRITE",
    "300, 200, WRITE",
    "300, 201, GAP",
    "300, 299, GAP"
  })
  void a_stanza_is_written_only_if_nothing_lies_between(
      long sequence, long previous, Verdict verdict) {
    session.advance(200);
    assertThat(verdict(sequence, previous)).isEqualTo(verdict);
    assertThat(verdict(sequence, previous)).isEqualTo(verdict);
  }

  @Test
  void what_the_device_says_it_has_counts_as_written() {
    assertThat(verdict(ACKNOWLEDGED, 0)).isEqualTo(Verdict.DUPLICATE);
    assertThat(verdict(ACKNOWLEDGED + 1, ACKNOWLEDGED)).isEqualTo(Verdict.WRITE);
  }

  @Test
  void differences_are_told_from_the_stanza_before() {
    assertThat(session.advance(150)).isEqualTo(50);
    assertThat(session.advance(0)).isZero();
    assertThat(session.advance(151)).isEqualTo(1);
    assertThat(session.advanceTime(NOW_MS - 10)).isEqualTo(-10);
    assertThat(session.advanceTime(NOW_MS + 10)).isEqualTo(20);
  }

  @Test
  void only_what_was_written_can_be_acknowledged() {
    session.advance(200);
    assertThat(session.acknowledge(201)).isEqualTo(Claim.NO_NEWS);
    assertThat(session.acknowledge(-1)).isEqualTo(Claim.NO_NEWS);
    assertThat(session.acknowledge(Long.MIN_VALUE)).isEqualTo(Claim.NO_NEWS);
    assertThat(session.takeAcknowledged()).isZero();
    assertThat(session.acknowledge(150)).isEqualTo(Claim.NEWS);
    assertThat(session.acknowledge(150)).isEqualTo(Claim.NO_NEWS);
    assertThat(session.acknowledge(120)).isEqualTo(Claim.NO_NEWS);
    assertThat(session.acknowledge(0)).isEqualTo(Claim.NO_NEWS);
    assertThat(session.acknowledge(200)).isEqualTo(Claim.NEWS);
    assertThat(session.takeAcknowledged()).isEqualTo(200);
  }

  @Test
  void many_acknowledgements_become_one() {
    assertThat(session.takeAcknowledged()).isZero();
    session.advance(200);
    session.acknowledge(150);
    session.acknowledge(160);
    assertThat(session.takeAcknowledged()).isEqualTo(160);
    assertThat(session.takeAcknowledged()).isZero();
  }

  @Test
  void nothing_overtakes_what_was_refused_for_now() {
    assertThat(session.overtakes(1)).isFalse();
    session.refusedForNow(5);
    session.refusedForNow(6);
    session.refusedForNow(7);
    assertThat(session.overtakes(4)).isFalse();
    assertThat(session.overtakes(5)).isFalse();
    assertThat(session.overtakes(6)).isTrue();
    session.refusedForNow(4);
    assertThat(session.overtakes(4)).isFalse();
    assertThat(session.overtakes(5)).isTrue();
  }

  @Test
  void all_that_stand_refused_are_taken_again_in_order() {
    session.refusedForNow(5);
    session.refusedForNow(6);
    session.refusedForNow(7);
    session.settled(5);
    assertThat(session.overtakes(6)).isFalse();
    assertThat(session.overtakes(7)).isTrue();
    assertThat(session.overtakes(8)).isTrue();
    session.settled(6);
    assertThat(session.overtakes(7)).isFalse();
    assertThat(session.overtakes(8)).isTrue();
    session.settled(7);
    assertThat(session.overtakes(8)).isFalse();
    assertThat(session.overtakes(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void one_that_is_refused_again_holds_the_others_up_again() {
    session.refusedForNow(5);
    session.refusedForNow(6);
    session.settled(5);
    session.refusedForNow(6);
    session.refusedForNow(7);
    session.settled(6);
    assertThat(session.overtakes(7)).isFalse();
    assertThat(session.overtakes(8)).isTrue();
    session.settled(7);
    assertThat(session.overtakes(8)).isFalse();
  }

  @Test
  void what_settles_meanwhile_with_an_older_counter_settles_only_itself() {
    session.refusedForNow(5);
    session.refusedForNow(6);
    session.settled(3);
    assertThat(session.overtakes(6)).isTrue();
  }

  @Test
  void what_was_settled_long_ago_holds_nobody_up() {
    session.refusedForNow(5);
    session.refusedForNow(6);
    session.settled(5);
    session.settled(6);
    session.refusedForNow(8);
    session.settled(8);
    assertThat(session.overtakes(9)).isFalse();
  }

  @Test
  void the_mailbox_is_not_asked_again_while_an_answer_may_come() {
    assertThat(session.asksToResume(10)).isTrue();
    assertThat(session.asksToResume(14)).isFalse();
    assertThat(session.asksToResume(15)).isTrue();
    session.advance(200);
    assertThat(session.asksToResume(16)).isTrue();
  }

  @Test
  void a_frame_without_a_counter_that_is_refused_for_good_holds_no_send_up() {
    session.refusedForNow(5);
    session.settled(5);
    session.settled(0);
    assertThat(session.overtakes(6)).isFalse();
  }

  @Test
  void a_repair_that_was_refused_for_now_awaits_nothing_that_was_accepted_long_ago() {
    session.settled(7);
    session.refusedForNow(3);
    session.refusedForNow(8);
    session.settled(3);
    assertThat(session.overtakes(8)).isFalse();
    assertThat(session.overtakes(9)).isTrue();
  }

  @Test
  void what_once_stood_refused_is_not_awaited_again() {
    session.refusedForNow(7);
    session.settled(7);
    session.refusedForNow(3);
    session.settled(3);
    assertThat(session.overtakes(8)).isFalse();
  }

  @Test
  void who_has_too_many_sends_refused_does_not_listen_and_is_cut_off() {
    for (int counter = 1; counter <= RefusedSends.MAX; counter++) {
      session.refusedForNow(counter);
    }
    session.refusedForNow(RefusedSends.MAX);
    assertThatThrownBy(() -> session.refusedForNow(RefusedSends.MAX + 1))
        .isInstanceOf(Violation.class);
  }
}
