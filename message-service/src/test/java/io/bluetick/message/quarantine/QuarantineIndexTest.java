package io.bluetick.message.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.message.mailbox.Effect;
import io.bluetick.message.quarantine.QuarantineEntry.State;
import io.bluetick.protocol.AccountId;
import io.bluetick.protocol.v1.DeadRecord;
import io.bluetick.protocol.v1.DeadVerdict;
import io.bluetick.protocol.v1.MailboxCommand;
import io.bluetick.protocol.v1.MailboxCommand.CommandCase;
import io.bluetick.protocol.v1.Purge;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuarantineIndexTest {
  private static final AccountId ACTOR = new AccountId(1, 2);
  private static final AccountId OTHER = new AccountId(1, 3);

  private final QuarantineIndex index = new QuarantineIndex(3);
  private long end;

  @Test
  void a_failed_command_is_shown_without_its_content() {
    add(failed(7, ACTOR));
    assertThat(all())
        .containsExactly(
            new QuarantineEntry(
                0,
                Instant.ofEpochMilli(5),
                2,
                7,
                ACTOR.toString(),
                CommandCase.PURGE,
                "why",
                null));
  }

  @Test
  void what_is_put_twice_is_listed_once_and_its_decision_stays() {
    add(failed(7, ACTOR));
    add(failed(7, OTHER));
    add(failed(7, ACTOR));
    add(decided(7, ACTOR, DeadVerdict.DISCARDED, "ann"));
    add(failed(7, ACTOR));
    assertThat(all()).extracting(QuarantineEntry::id).containsExactly(1L, 0L);
    assertThat(all())
        .extracting(QuarantineEntry::state)
        .containsExactly(State.WAITING, State.DISCARDED);
  }

  @Test
  void the_first_decision_counts() {
    add(failed(7, ACTOR));
    add(decided(7, ACTOR, DeadVerdict.REPLAYED, "ann"));
    add(decided(7, ACTOR, DeadVerdict.DISCARDED, "bob"));
    assertThat(index.find(0).orElseThrow().decision())
        .isEqualTo(new QuarantineEntry.Decision(State.REPLAYED, Instant.ofEpochMilli(6), "ann"));
  }

  @Test
  void the_newest_come_first_page_by_page_and_by_state() {
    add(failed(7, ACTOR));
    add(failed(8, ACTOR));
    add(failed(9, ACTOR));
    add(decided(8, ACTOR, DeadVerdict.REPLAYED, "ann"));
    assertThat(ids(index.before(Long.MAX_VALUE, 2, _ -> true))).containsExactly(2L, 1L);
    assertThat(ids(index.before(1, 2, _ -> true))).containsExactly(0L);
    assertThat(ids(index.before(Long.MAX_VALUE, 9, each -> each.state() == State.WAITING)))
        .containsExactly(2L, 0L);
  }

  @Test
  void the_oldest_are_forgotten_beyond_the_bound() {
    for (int i = 0; i < 5; i++) {
      add(failed(i, ACTOR));
    }
    assertThat(ids(all())).containsExactly(4L, 3L, 2L);
    assertThat(index.find(0)).isEmpty();
  }

  @Test
  void what_the_topic_has_forgotten_is_forgotten() {
    add(failed(7, ACTOR));
    add(failed(8, ACTOR));
    index.align(1, 2);
    assertThat(ids(all())).containsExactly(1L);
    assertThat(index.position()).isEqualTo(2);
    index.align(9, 12);
    assertThat(all()).isEmpty();
    assertThat(index.position()).isEqualTo(9);
  }

  @Test
  void a_topic_that_was_made_anew_is_read_anew() {
    add(failed(7, ACTOR));
    add(failed(8, ACTOR));
    index.align(0, 1);
    assertThat(all()).isEmpty();
    assertThat(index.position()).isZero();
  }

  @Test
  void what_is_not_understood_is_passed_over() {
    index.read(end++, null);
    add(DeadRecord.getDefaultInstance());
    add(decided(7, ACTOR, DeadVerdict.REPLAYED, "ann"));
    add(failed(7, ACTOR));
    assertThat(all()).extracting(QuarantineEntry::state).containsExactly(State.WAITING);
    assertThat(index.position()).isEqualTo(4);
  }

  private void add(DeadRecord dead) {
    index.read(end++, dead);
  }

  private List<QuarantineEntry> all() {
    return index.before(Long.MAX_VALUE, 100, _ -> true);
  }

  private static List<Long> ids(List<QuarantineEntry> entries) {
    return entries.stream().map(QuarantineEntry::id).toList();
  }

  private static DeadCommand command(long sequence, AccountId actor) {
    return new DeadCommand(2, sequence, actor.bytes());
  }

  private static DeadRecord failed(long sequence, AccountId actor) {
    MailboxCommand purge =
        MailboxCommand.newBuilder()
            .setActor(actor.bytes())
            .setPurge(Purge.getDefaultInstance())
            .build();
    return command(sequence, actor).failed(new Effect.Quarantine(sequence, purge, "why"), 5);
  }

  private static DeadRecord decided(
      long sequence, AccountId actor, DeadVerdict verdict, String by) {
    return command(sequence, actor).decided(verdict, by, 6);
  }
}
