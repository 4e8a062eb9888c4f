package io.bluetick.gateway.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.gateway.socket.Session.Claim;
import io.bluetick.gateway.socket.Session.Verdict;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.DeviceAddress;
import io.bluetick.protocol.ErrorCode;
import io.bluetick.protocol.v1.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
  private static final long ACKNOWLEDGED = 100;
  private static final long NOW_MS = 5_000;

  private final Session session =
      new Session(
          new DeviceAddress(new AccountId(1, 2), 3),
          Route.newBuilder().setEpoch(9).build(),
          ACKNOWLEDGED,
          NOW_MS);

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
    assertThat(session.verdict(sequence, previous)).isEqualTo(verdict);
    assertThat(session.verdict(sequence, previous)).isEqualTo(verdict);
  }

  @Test
  void what_the_device_says_it_has_counts_as_written() {
    assertThat(session.verdict(ACKNOWLEDGED, 0)).isEqualTo(Verdict.DUPLICATE);
    assertThat(session.verdict(ACKNOWLEDGED + 1, ACKNOWLEDGED)).isEqualTo(Verdict.WRITE);
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
    assertThat(session.acknowledge(201)).isEqualTo(Claim.AHEAD);
    assertThat(session.acknowledge(-1)).isEqualTo(Claim.AHEAD);
    assertThat(session.acknowledge(Long.MIN_VALUE)).isEqualTo(Claim.AHEAD);
    assertThat(session.acknowledge(150)).isEqualTo(Claim.NEWS);
    assertThat(session.acknowledge(150)).isEqualTo(Claim.KNOWN);
    assertThat(session.acknowledge(120)).isEqualTo(Claim.KNOWN);
    assertThat(session.acknowledge(0)).isEqualTo(Claim.KNOWN);
    assertThat(session.acknowledge(200)).isEqualTo(Claim.NEWS);
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
    session.refused(5, ErrorCode.Retry.LATER);
    session.refused(7, ErrorCode.Retry.LATER);
    assertThat(session.overtakes(4)).isFalse();
    assertThat(session.overtakes(5)).isFalse();
    assertThat(session.overtakes(6)).isTrue();
    session.refused(4, ErrorCode.Retry.LATER);
    assertThat(session.overtakes(5)).isTrue();
    session.taken(5);
    assertThat(session.overtakes(5)).isTrue();
    session.taken(4);
    assertThat(session.overtakes(5)).isFalse();
  }

  @Test
  void what_was_refused_for_good_holds_nobody_up() {
    session.refused(5, ErrorCode.Retry.NEVER);
    assertThat(session.overtakes(6)).isFalse();
    session.refused(5, ErrorCode.Retry.LATER);
    session.refused(5, ErrorCode.Retry.NEVER);
    assertThat(session.overtakes(6)).isFalse();
  }

  @Test
  void a_frame_without_a_counter_holds_nobody_up() {
    session.refused(0, ErrorCode.Retry.LATER);
    session.refused(-5, ErrorCode.Retry.LATER);
    assertThat(session.overtakes(1)).isFalse();
  }

  @Test
  void the_mailbox_is_not_asked_again_while_an_answer_may_come() {
    assertThat(session.asksToResume(10)).isTrue();
    assertThat(session.asksToResume(14)).isFalse();
    assertThat(session.asksToResume(15)).isTrue();
    session.advance(200);
    assertThat(session.asksToResume(16)).isTrue();
  }
}
