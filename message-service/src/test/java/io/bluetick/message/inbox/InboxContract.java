package io.bluetick.message.inbox;

import static io.bluetick.message.inbox.Samples.DAY_MS;
import static io.bluetick.message.inbox.Samples.NOW_MS;
import static io.bluetick.message.inbox.Samples.all;
import static io.bluetick.message.inbox.Samples.done;
import static io.bluetick.message.inbox.Samples.rows;
import static io.bluetick.message.inbox.Samples.rowsUpTo;
import static io.bluetick.message.inbox.Samples.sequences;
import static io.bluetick.message.inbox.Samples.stanza;
import static io.bluetick.message.inbox.Samples.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.bluetick.message.mailbox.DeviceKey;
import io.bluetick.message.mailbox.Effect.Measure;
import io.bluetick.message.mailbox.Effect.Read;
import io.bluetick.message.mailbox.Effect.Rows;
import io.bluetick.message.mailbox.Outcome.Measured;
import io.bluetick.message.mailbox.Outcome.Page;
import io.bluetick.message.mailbox.Stanza;
import io.bluetick.protocol.AccountId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the mailboxes expect of an inbox, whatever it is made of. */
abstract class InboxContract {
  private static final long YESTERDAY_MS = NOW_MS - DAY_MS;

  private final DeviceKey device = Samples.device();

  abstract Inbox inbox();

  @Test
  void what_is_saved_is_read_in_the_order_of_sequences() {
    Stanza first = stanza(10, NOW_MS - 2);
    Stanza second = stanza(20, NOW_MS - 1);
    save(new Rows(device, List.of(second)));
    save(new Rows(device, List.of(first)));
    assertThat(done(inbox().read(new Read(device, 0, Long.MAX_VALUE, 10, 42), NOW_MS)))
        .isEqualTo(new Page(device, 42, List.of(first, second), true));
  }

  @Test
  void devices_and_registrations_do_not_meet() {
    DeviceKey other = new DeviceKey(device.account(), device.device(), 8);
    DeviceKey third = new DeviceKey(device.account(), 2, device.registration());
    done(inbox().save(List.of(rows(device, 1), rows(other, 2), rows(third, 3)), NOW_MS));
    done(inbox().delete(List.of(upTo(other, Long.MAX_VALUE), upTo(third, 3)), NOW_MS));
    assertThat(found()).containsExactly(1L);
  }

  @Test
  void nothing_is_found_of_whom_nothing_was_saved() {
    assertThat(done(inbox().read(all(device), NOW_MS)))
        .isEqualTo(new Page(device, 1, List.of(), true));
  }

  @Test
  void saving_again_changes_nothing() {
    save(rows(device, 1, 2, 3));
    save(rows(device, 2, 3));
    assertThat(done(inbox().read(all(device), NOW_MS)).rows())
        .containsExactlyElementsOf(rows(device, 1, 2, 3).stanzas());
  }

  @Test
  void neither_end_of_a_read_is_included() {
    save(rows(device, 1, 2, 3, 4, 5));
    assertThat(sequences(read(1, 5, 10))).containsExactly(2L, 3L, 4L);
    assertThat(read(2, 3, 10)).isEqualTo(new Page(device, 1, List.of(), true));
    assertThat(read(3, 2, 10)).isEqualTo(new Page(device, 1, List.of(), true));
  }

  @Test
  void pages_follow_one_another_and_the_last_says_so() {
    save(rows(device, 1, 2, 3, 4, 5));
    Page first = read(0, Long.MAX_VALUE, 2);
    assertThat(sequences(first)).containsExactly(1L, 2L);
    assertThat(first.isLast()).isFalse();
    assertThat(sequences(read(2, Long.MAX_VALUE, 2))).containsExactly(3L, 4L);
    assertThat(read(4, Long.MAX_VALUE, 2).isLast()).isTrue();
  }

  @Test
  void a_page_that_ends_with_the_last_row_says_so() {
    save(rows(device, 1, 2, 3));
    assertThat(read(0, Long.MAX_VALUE, 3).isLast()).isTrue();
    assertThat(read(0, 3, 2).isLast()).isTrue();
  }

  @Test
  void days_are_merged_by_sequence_though_clocks_differ() {
    save(
        new Rows(
            device,
            List.of(
                stanza(1, NOW_MS),
                stanza(2, YESTERDAY_MS),
                stanza(3, NOW_MS + DAY_MS),
                stanza(4, YESTERDAY_MS),
                stanza(5, NOW_MS - 10 * DAY_MS),
                stanza(6, NOW_MS))));
    assertThat(found()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(sequences(read(1, 6, 2))).containsExactly(2L, 3L);
    assertThat(sequences(read(3, 6, 2))).containsExactly(4L, 5L);
    assertThat(read(3, 6, 2).isLast()).isTrue();
    assertThat(read(3, 7, 2).isLast()).isFalse();
  }

  @Test
  void what_has_expired_is_not_found_and_takes_no_place_in_a_page() {
    long soonMs = NOW_MS + 60_000;
    List<Stanza> stanzas =
        List.of(expiring(1, soonMs), expiring(2, soonMs), stanza(3, NOW_MS), expiring(4, soonMs));
    save(new Rows(device, stanzas));
    assertThat(sequences(read(0, Long.MAX_VALUE, 1))).containsExactly(1L);
    Page later = done(inbox().read(new Read(device, 0, Long.MAX_VALUE, 1, 1), soonMs));
    assertThat(sequences(later)).containsExactly(3L);
    assertThat(later.isLast()).isTrue();
  }

  @Test
  void what_has_expired_is_not_saved() {
    save(new Rows(device, List.of(expiring(1, NOW_MS), expiring(2, NOW_MS - 1))));
    assertThat(found()).isEmpty();
  }

  @Test
  void all_up_to_a_sequence_is_deleted_on_all_days() {
    save(new Rows(device, List.of(stanza(1, NOW_MS), stanza(2, YESTERDAY_MS), stanza(3, NOW_MS))));
    delete(2);
    assertThat(found()).containsExactly(3L);
    delete(2);
    assertThat(found()).containsExactly(3L);
  }

  @Test
  void what_was_deleted_stays_deleted_even_if_it_is_written_again() {
    save(rows(device, 1, 2, 3));
    delete(2);
    done(inbox().save(List.of(rows(device, 1, 2, 3)), NOW_MS + 5_000));
    assertThat(found()).containsExactly(3L);
  }

  @Test
  void what_was_deleted_stays_deleted_even_if_it_is_written_first() {
    delete(2);
    done(inbox().save(List.of(rows(device, 1, 2, 3)), NOW_MS + 5_000));
    assertThat(found()).containsExactly(3L);
  }

  @Test
  void a_device_that_is_no_more_leaves_nothing_and_nothing_comes_back() {
    save(new Rows(device, List.of(stanza(1, NOW_MS), stanza(2, YESTERDAY_MS))));
    delete(Long.MAX_VALUE);
    assertThat(found()).isEmpty();
    save(rows(device, 1));
    assertThat(found()).isEmpty();
    assertThat(done(inbox().waiting(device.account()))).isEmpty();
  }

  @Test
  void a_queue_below_its_limit_loses_nothing() {
    save(rowsUpTo(device, 10, NOW_MS));
    assertThat(done(inbox().measure(new Measure(device, 10, 5))))
        .isEqualTo(new Measured(device, 0));
  }

  @Test
  void of_an_over_full_queue_as_many_stay_as_may() {
    save(rowsUpTo(device, 8, YESTERDAY_MS));
    save(new Rows(device, List.of(stanza(9, NOW_MS), stanza(10, NOW_MS), stanza(11, NOW_MS))));
    assertThat(done(inbox().measure(new Measure(device, 10, 2))))
        .isEqualTo(new Measured(device, 9));
    delete(9);
    assertThat(found()).containsExactly(10L, 11L);
    assertThat(done(inbox().measure(new Measure(device, 2, 1)))).isEqualTo(new Measured(device, 0));
  }

  @Test
  void an_operator_sees_what_waits_for_each_device() {
    DeviceKey other = new DeviceKey(device.account(), 0, 3);
    save(new Rows(device, List.of(stanza(1, YESTERDAY_MS), stanza(2, NOW_MS), stanza(3, NOW_MS))));
    save(rows(other, 4, 5));
    delete(2);
    assertThat(done(inbox().waiting(device.account())))
        .containsExactlyInAnyOrder(new Waiting(device, 1, NOW_MS), new Waiting(other, 2, NOW_MS));
    assertThat(done(inbox().waiting(new AccountId(1, 2)))).isEmpty();
  }

  private static Stanza expiring(long sequence, long expiresMs) {
    Stanza stanza = stanza(sequence, NOW_MS - 1);
    return new Stanza(sequence, stanza.timeMs(), expiresMs, stanza.content());
  }

  private void save(Rows rows) {
    done(inbox().save(List.of(rows), NOW_MS));
  }

  private void delete(long sequence) {
    done(inbox().delete(List.of(upTo(device, sequence)), NOW_MS));
  }

  private List<Long> found() {
    return sequences(done(inbox().read(all(device), NOW_MS)));
  }

  private Page read(long after, long before, int limit) {
    return done(inbox().read(new Read(device, after, before, limit, 1), NOW_MS));
  }
}
